import type { Role } from './roles.ts';
import type { PlatformKind } from './tree/index.ts';

/** A role that a kind of platform must name somebody for, and why. */
export interface RequiredRole {
  readonly role: Role;
  readonly basis: string;
}

const BUSINESS = '浦安委办〔2024〕40号第五条：业务职责四类角色';
const TECHNICAL = '浦安委办〔2024〕40号第六条：技术保障两类角色';
const CITY_OPERATIONS = '浦安委办〔2024〕40号第五条：街镇、居村由城运平台一体化管理；角色名为本系统约定';

const SIX: readonly RequiredRole[] = [
  { role: 'executive-owner', basis: BUSINESS },
  { role: 'department-owner', basis: BUSINESS },
  { role: 'business-admin', basis: BUSINESS },
  { role: 'handler', basis: BUSINESS },
  { role: 'tech-owner', basis: TECHNICAL },
  { role: 'tech-admin', basis: TECHNICAL },
];

/**
 * Which roles each kind of platform must name (责任落实). Each platform names its own: nothing in the regulation lets an
 * industry platform's people stand for its scenarios. A zone is territory without a platform and names nobody.
 */
export const REQUIRED_ROLES: Readonly<Record<PlatformKind, readonly RequiredRole[]>> = {
  district: SIX,
  industry: SIX,
  scenario: SIX,
  lingang: SIX,
  town: [{ role: 'town-operator', basis: CITY_OPERATIONS }],
  village: [{ role: 'village-handler', basis: CITY_OPERATIONS }],
  zone: [],
};
