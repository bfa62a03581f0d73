import type { AccountRole, WantedRole } from '#contract/platform';

import { dayOf, endOfDay } from '../../app/beijing-input.ts';
import type { RoleRow } from './role-editor.tsx';

/** The lines of what somebody holds that a request can change: not by team, not by the identity provider. */
export function rowsOf(roles: readonly AccountRole[]): readonly RoleRow[] {
  return roles
    .filter(({ team, source }) => team === null && source === 'local')
    .map(({ role, platform, platformName, validTo }, key) => ({
      key,
      role,
      platform,
      platformName,
      validTo: validTo === null ? '' : dayOf(validTo),
    }));
}

/** What the lines ask for; undefined while one is not filled in. */
export function wantedOf(rows: readonly RoleRow[]): WantedRole[] | undefined {
  const wanted = rows.flatMap(({ role, platform, validTo }) =>
    role === '' || role === 'gateway' || platform === ''
      ? []
      : [{ role, platform, validTo: endOfDay(validTo) }],
  );
  return wanted.length === rows.length ? wanted : undefined;
}
