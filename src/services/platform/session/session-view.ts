import type { Session } from '#contract/platform';
import { type Rights, type Role, ROLE_TEXT } from '#model/platform';

/** A session ends after two hours without a request, and after a day in any case. */
export const IDLE_MS = 2 * 3_600_000;
export const LONGEST_MS = 24 * 3_600_000;

const FIRST_PASSWORD =
  '这个账号还在使用首次启动时设定的密码，也没有第二因素。正式使用前请联系系统管理员更换。';

interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly firstPassword: boolean;
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
    notices: person.firstPassword ? [FIRST_PASSWORD] : [],
  };
}

const FIELD_ROLES: ReadonlySet<Role> = new Set(['handler', 'village-handler']);

/** Handlers, and those who may not see warnings, have no duty desk. */
function homeOf(rights: Rights): Session['home'] {
  if (!rights.has('warning.read')) return 'todo';
  return rights.grants.every(({ role }) => FIELD_ROLES.has(role)) ? 'todo' : 'duty';
}
