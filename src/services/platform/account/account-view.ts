import type { Account } from '#contract/platform';
import { ROLE_TEXT } from '#model/platform';
import type { RequestContext } from '#services/context';

import { allowedActions } from './account-actions.ts';
import { type AccountRow, stateOf } from './account-row.ts';

/** An account as lists show it, with what the caller may do to it. */
export function showAccount(context: RequestContext, row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    unit: row.unit,
    title: row.title,
    phone: row.phone_masked,
    platform: row.platform,
    kind: row.kind,
    external: row.external,
    state: stateOf(row, context.now()),
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
    expiresAt: row.expires_at,
    roles: row.roles.map(({ role, platform, platformName, validFrom, validTo, source, team }) => ({
      role,
      roleName: ROLE_TEXT[role],
      platform,
      platformName,
      validFrom: Math.floor(validFrom),
      validTo: validTo === null ? null : Math.floor(validTo),
      source,
      team,
    })),
    allowedActions: allowedActions(context, row),
  };
}
