import type { Grant, Placed } from './rights.ts';
import type { Capability } from './capabilities.ts';
import { type Role, ROLE_CAPABILITIES, ROLE_TEXT, ROLES, SEPARATED_ROLES } from './roles.ts';
import { covers, type Scope, SCOPE_STRETCHES, uniteScopes } from './scope.ts';
import type { PlatformKind } from './tree/index.ts';

/** A role as somebody should hold it at a platform, before anybody decided. */
export interface WantedGrant {
  readonly role: Role;
  readonly platform: { readonly code: string; readonly name: string; readonly kind: PlatformKind };
  readonly scope: Scope;
}

const OFFICES: readonly PlatformKind[] = ['district', 'industry', 'scenario', 'lingang', 'town'];
const DISTRICT: readonly PlatformKind[] = ['district'];

/** At which kinds of platform a role exists (regulation arts 5–6; towns and villages as the annex has them). */
const SEATS: Readonly<Record<Role, readonly PlatformKind[]>> = {
  'executive-owner': OFFICES,
  'department-owner': OFFICES,
  'business-admin': OFFICES,
  handler: OFFICES,
  'tech-owner': OFFICES,
  'tech-admin': OFFICES,
  'safety-committee-office': DISTRICT,
  coordinator: DISTRICT,
  publisher: ['district', 'industry'],
  'city-operations': ['district', 'lingang', 'town'],
  'town-operator': ['lingang', 'town', 'zone'],
  'village-handler': ['village'],
  'system-admin': DISTRICT,
  'security-admin': DISTRICT,
  'audit-admin': DISTRICT,
  gateway: [],
};

/** Roles a person can be given: a gateway's is a token's and nobody's. */
export const PERSON_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'gateway');

/** Roles that work in the field: what a response team holds. */
export const FIELD_ROLES: readonly Role[] = ['handler', 'town-operator', 'village-handler'];

const BUSINESS: readonly Role[] = [
  'executive-owner',
  'department-owner',
  'business-admin',
  'handler',
  'town-operator',
  'village-handler',
];

/** Whose grants each approving role decides (catalog §5.1: 用户、角色、授权). */
const DECIDES: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  'department-owner': BUSINESS,
  'tech-owner': ['tech-owner', 'tech-admin'],
  'security-admin': PERSON_ROLES,
};

/**
 * The approver's grants that decide about a role at a place; none: somebody else has to. A person's own come before those
 * held for somebody.
 */
export function decidingGrants(
  grants: readonly Grant[],
  wanted: Placed & { readonly role: Role },
): readonly Grant[] {
  const deciding = grants.filter(
    ({ role, scope }) =>
      (DECIDES[role] ?? []).includes(wanted.role) && covers(scope, wanted.place, wanted.scenario),
  );
  return deciding.toSorted((x, y) => Number(x.actingFor !== null) - Number(y.actingFor !== null));
}

/** What speaks against somebody holding all of these together, in sentences; nothing: they may. */
export function grantFaults(wanted: readonly WantedGrant[]): readonly string[] {
  return [
    ...wanted.flatMap(seatFault),
    ...repeated(wanted),
    ...separationFaults(wanted.map(({ role }) => role)),
    ...stretchFaults(wanted),
  ];
}

/**
 * 三员分立 (等保三级 8.1.4.2 d): two of the separated roles, or one beside any other role, are not held by one person, be it
 * as somebody's deputy.
 */
export function separationFaults(roles: readonly Role[]): readonly string[] {
  const different = [...new Set(roles)];
  const separated = different.filter((role) => SEPARATED_ROLES.includes(role));
  if (separated.length === 0 || different.length === 1) return [];
  const names = different.map((role) => ROLE_TEXT[role]).join('、');
  return [`系统管理员、安全管理员、审计员三员分立，不能与其他角色由同一人担任（${names}）`];
}

function seatFault({ role, platform }: WantedGrant): readonly string[] {
  if (SEATS[role].includes(platform.kind)) return [];
  if (role === 'gateway') return ['“接入令牌”不是人员角色，请改为签发令牌'];
  return [`“${ROLE_TEXT[role]}”不能设在“${platform.name}”这一级平台`];
}

function repeated(wanted: readonly WantedGrant[]): readonly string[] {
  const seen = Map.groupBy(wanted, ({ role, platform }) => `${role} ${platform.code}`);
  return [...seen.values()].flatMap(([first, second]) =>
    first && second ? [`“${ROLE_TEXT[first.role]}”在“${first.platform.name}”重复了`] : [],
  );
}

/** A capability that needed more stretches of territory than a policy compares would silently reach less far. */
function stretchFaults(wanted: readonly WantedGrant[]): readonly string[] {
  const carried = new Map<Capability, Scope[]>();
  for (const { role, scope } of wanted) {
    for (const capability of ROLE_CAPABILITIES[role])
      carried.set(capability, [...(carried.get(capability) ?? []), scope]);
  }
  const widest = Math.max(0, ...[...carried.values()].map((scopes) => uniteScopes(scopes).places.length));
  if (widest <= SCOPE_STRETCHES) return [];
  return [
    `这些角色合起来有 ${widest} 块互不相连的地域，最多 ${SCOPE_STRETCHES} 块。请改设在上一级平台，或分给几个人`,
  ];
}
