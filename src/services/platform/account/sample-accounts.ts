import { type Role, ROLE_TEXT, scenarioOf, type ScenarioCode } from '#model/platform';

/** An account of the first start: who, in which role, at which platform (by code). */
export interface FirstAccount {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly platform: string;
}

const DISTRICT = 'PD';
const ZHANGJIANG = '310115125';
/** The first 居村 of Zhangjiang. */
const FIRST_VILLAGE = '310115125001';

/** 三权分立 (等保三级): made at every first start. */
export const ADMINISTRATORS: readonly FirstAccount[] = [
  { username: 'admin', name: '系统管理员', role: 'system-admin', platform: DISTRICT },
  { username: 'security', name: '安全管理员', role: 'security-admin', platform: DISTRICT },
  { username: 'auditor', name: '审计员', role: 'audit-admin', platform: DISTRICT },
];

const PREFIXES: Readonly<Record<Exclude<ScenarioCode, 'MET' | 'FIRE'>, string>> = {
  FLOOD: 'flood',
  SNOWICE: 'snowice',
  INDTRADE: 'indtrade',
  HAZCHEM: 'hazchem',
  GAS: 'gas',
  BRIDGE: 'bridge',
  TUNNEL: 'tunnel',
  CONSTR: 'constr',
  WATER: 'water',
  FOREST: 'forest',
  PIPELINE: 'pipeline',
  TRAFFIC: 'traffic',
  CROWD: 'crowd',
  LIFT: 'lift',
  POWER: 'power',
};

const SEATS: readonly (readonly [suffix: string, role: Role])[] = [
  ['leader', 'executive-owner'],
  ['head', 'department-owner'],
  ['admin', 'business-admin'],
  ['handler', 'handler'],
];

const OF_SCENARIOS: readonly FirstAccount[] = Object.entries(PREFIXES).flatMap(([code, prefix]) =>
  SEATS.map(([suffix, role]) => ({
    username: `${prefix}.${suffix}`,
    name: `${scenarioOf(code)?.name ?? code} ${ROLE_TEXT[role]}`,
    role,
    platform: code,
  })),
);

/** People to try the system with; not made with `--empty`. Names are posts, never persons. */
export const SAMPLE_ACCOUNTS: readonly FirstAccount[] = [
  { username: 'district', name: '区总平台 业务管理员', role: 'business-admin', platform: DISTRICT },
  ...OF_SCENARIOS,
  { username: 'tech.lead', name: '技术保障单位 责任人', role: 'tech-owner', platform: DISTRICT },
  { username: 'tech.admin', name: '技术保障单位 技术管理员', role: 'tech-admin', platform: DISTRICT },
  { username: 'office', name: '区安委办', role: 'safety-committee-office', platform: DISTRICT },
  { username: 'coordinator', name: '应急管理局 大闭环统筹', role: 'coordinator', platform: DISTRICT },
  { username: 'publisher', name: '气象局 预警发布', role: 'publisher', platform: DISTRICT },
  { username: 'cityops', name: '城运中心', role: 'city-operations', platform: DISTRICT },
  {
    username: 'fire.admin',
    name: '消防分平台 业务管理员',
    role: 'business-admin',
    platform: 'industry.fire',
  },
  {
    username: 'met.admin',
    name: '气象分平台 业务管理员',
    role: 'business-admin',
    platform: 'industry.meteorology',
  },
  { username: 'lingang.admin', name: '临港新片区 业务管理员', role: 'business-admin', platform: 'lingang' },
  { username: 'town.zhangjiang', name: '张江镇 值守', role: 'town-operator', platform: ZHANGJIANG },
  { username: 'village.sample', name: '张江镇 居村处置', role: 'village-handler', platform: FIRST_VILLAGE },
];
