import { DEADLINE_TEXT, WORK_ORDER_STATE_TEXT } from '#model/response';
import { LEVEL_TEXT } from '#model/warning';

import { formatDateTime } from '../../app/format.ts';

/** One thing of a change, before and after, in words. */
export interface ChangedField {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  account: '账号',
  action: '事项',
  actor: '谁',
  attribution: '来源',
  channels: '方式',
  code: '编号',
  count: '数量',
  deputy: '代理人',
  device: '设备',
  devices: '设备',
  dueAt: '到期',
  element: '监测要素',
  expiresAt: '有效期至',
  format: '格式',
  from: '从',
  handler: '处置人员',
  kind: '类型',
  lat: '纬度',
  level: '等级',
  limit: '时限',
  lon: '经度',
  name: '名称',
  note: '备注',
  object: '监测对象',
  onBehalfOf: '代',
  overdue: '超期',
  owner: '权属单位',
  phone: '电话',
  platform: '平台',
  reason: '原因',
  role: '角色',
  roles: '角色',
  rows: '行数',
  scenarios: '场景',
  standard: '标准版本',
  state: '状态',
  subject: '对象',
  to: '到',
  town: '街镇',
  unit: '单位',
  username: '账号名',
  value: '值',
  version: '版本',
  village: '居村',
  warning: '预警',
};

const VALUES: Readonly<Record<string, string>> = {
  ...LEVEL_TEXT,
  ...WORK_ORDER_STATE_TEXT,
  true: '是',
  false: '否',
  normal: '已恢复',
};
const DEADLINES: ReadonlyMap<string, string> = new Map(Object.entries(DEADLINE_TEXT));
const MOMENT = /(?:At|^at|^from|^to)$/u;
const FIRST_MOMENT = 1_000_000_000_000;
const DEPTH = 4;

/** Everything a record says of before and after, field by field; nested things are named with their way. */
export function changedFields(before: unknown, after: unknown): readonly ChangedField[] {
  const old = flat(before);
  const fresh = flat(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].map((name) => ({
    name,
    before: old.get(name),
    after: fresh.get(name),
  }));
}

function flat(value: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  take(found, [], value);
  return found;
}

function take(found: Map<string, string>, way: readonly string[], value: unknown): void {
  if (value === null || value === undefined) return;
  if (isRecord(value) && way.length < DEPTH) {
    for (const [name, held] of Object.entries(value)) take(found, [...way, name], held);
    return;
  }
  const name = way.map((part) => NAMES[part] ?? part).join(' · ');
  found.set(name, valueText(way.at(-1) ?? '', value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueText(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueText(name, one)).join('、') || '（空）';
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([key, held]) => `${NAMES[key] ?? key} ${valueText(key, held)}`)
      .join('，');
  }
  if (name === 'limit' && typeof value === 'string') return DEADLINES.get(value) ?? value;
  if (typeof value === 'number' && value > FIRST_MOMENT && MOMENT.test(name)) return formatDateTime(value);
  const text = String(value);
  return text === '' ? '（空）' : (VALUES[text] ?? text);
}
