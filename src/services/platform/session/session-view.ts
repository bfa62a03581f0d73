import type { Obligation } from '#contract/http';
import type { Session } from '#contract/platform';
import { FIELD_ROLES, type Rights, type Role, ROLE_TEXT } from '#model/platform';

/**
 * A session ends when nobody has done anything for as long as its platform sets (等保三级 8.1.4.1 b; setting
 * `session.idle-minutes`), and after a day in any case. Who keeps the duty desk watches more than they click: for them an
 * open page counts as use.
 */
export const LONGEST_MS = 24 * 3_600_000;

const FIRST_PASSWORD =
  '这个账号还在使用首次启动时设定的密码，也没有第二因素。正式使用前请在“我的账号”里修改密码并启用两步验证。';

interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly firstPassword: boolean;
  readonly secondFactor: boolean;
  readonly owes: Obligation | undefined;
}

export function showSession(person: Person, rights: Rights, expiresAt: number): Session {
  return {
    user: { id: person.id, username: person.username, name: person.name },
    roles: rights.grants.map(({ role, platform, platformName, actingFor }) => ({
      role,
      roleName: ROLE_TEXT[role],
      platform,
      platformName,
      actingFor: actingFor?.name ?? null,
    })),
    capabilities: [...rights.capabilities],
    home: homeOf(rights),
    expiresAt,
    obligation: person.owes ?? null,
    secondFactor: person.secondFactor,
    mayBindDevice: mayBindDevice(rights),
    notices: person.firstPassword ? [FIRST_PASSWORD] : [],
  };
}

const NO_DESK: ReadonlySet<Role> = new Set(['handler', 'village-handler']);

/** Handlers, and those who may not see warnings, have no duty desk. */
function homeOf(rights: Rights): Session['home'] {
  if (!rights.has('warning.read')) return 'todo';
  return rights.grants.every(({ role }) => NO_DESK.has(role)) ? 'todo' : 'duty';
}

/** Whether an open page counts as use. */
export function keepsDuty(rights: Rights): boolean {
  return rights.has('duty.keep');
}

/** Only those who work in the field, in their own right, bind a phone. */
export function mayBindDevice(rights: Rights): boolean {
  return rights.grants.some(({ role, actingFor }) => actingFor === null && FIELD_ROLES.includes(role));
}
