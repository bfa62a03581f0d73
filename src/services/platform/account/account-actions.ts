import type { AccountAction } from '#contract/platform';
import type { RequestContext } from '#services/context';

import { type AccountRow, mayManage, separatedRolesOf } from './account-row.ts';

/** What a manager does to an account by himself, with nobody's approval. */
export type Verb = 'disable' | 'enable' | 'unlock' | 'reset-password' | 'reset-second-factor';

const VERBS: readonly Verb[] = ['disable', 'enable', 'unlock', 'reset-password', 'reset-second-factor'];

/** Whether the account is such that this can be done to it at all. */
export function isPossible(row: AccountRow, verb: Verb, now: number): boolean {
  const open = row.disabled_at === null;
  switch (verb) {
    case 'enable':
      return !open;
    case 'disable':
      return open;
    case 'unlock':
      return row.locked_until !== null && row.locked_until > now;
    case 'reset-password':
      return open && !row.external;
    case 'reset-second-factor':
      return open && row.totp_enrolled_at !== null;
    default:
      return verb satisfies never;
  }
}

/** What the caller may do about an account, as it stands. */
export function allowedActions(context: RequestContext, row: AccountRow): AccountAction[] {
  const managed = mayManage(context, row) ? VERBS.filter((verb) => isPossible(row, verb, context.now())) : [];
  const separated = separatedRolesOf(row).length > 0;
  return [
    ...requests(context, row, separated),
    ...managed.filter((verb) => verb !== 'reset-password' || !separated),
    ...people(context, row, separated),
  ];
}

function requests(context: RequestContext, row: AccountRow, separated: boolean): readonly AccountAction[] {
  const { rights, accountId } = context.actor;
  if (row.id === accountId || !rights.mayAt('account.request', row)) return [];
  if (row.disabled_at !== null) return row.left_at === null ? ['request-close'] : [];
  const ordinary: readonly AccountAction[] = ['request-change', 'request-close'];
  return separated && !row.external ? [...ordinary, 'request-reset'] : ordinary;
}

function people(context: RequestContext, row: AccountRow, separated: boolean): readonly AccountAction[] {
  const { rights, accountId } = context.actor;
  const reveals = row.phone_masked !== null && rights.mayAt('personal.reveal', row);
  const arranges =
    row.id !== accountId && row.disabled_at === null && rights.mayAt('delegation.arrange', row);
  return [
    ...(reveals ? (['reveal'] as const) : []),
    ...(arranges && !separated ? (['delegate'] as const) : []),
  ];
}
