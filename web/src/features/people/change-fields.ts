import type { AccountDetail } from '#contract/platform';

import { dayOf, endOfDay } from '../../app/beijing-input.ts';
import type { RequestBody } from './queries.ts';
import type { RoleRow } from './role-editor.tsx';
import { rowsOf, wantedOf } from './role-rows.ts';

/** What stands in the fields of a change. */
export interface ChangeFields {
  readonly name: string;
  readonly unit: string;
  readonly title: string;
  /** Empty: stays as it is. */
  readonly phone: string;
  readonly expires: string;
  readonly roles: readonly RoleRow[];
}

type Subject = Pick<AccountDetail, 'name' | 'unit' | 'title' | 'expiresAt' | 'roles'>;
type Change = Extract<RequestBody, { action: 'change' }>;
type Differences = Omit<Change, 'action' | 'account' | 'reason'>;

export function changeFields(account: Subject): ChangeFields {
  return {
    name: account.name,
    unit: account.unit ?? '',
    title: account.title ?? '',
    phone: '',
    expires: account.expiresAt === null ? '' : dayOf(account.expiresAt),
    roles: rowsOf(account.roles),
  };
}

/** What differs from the account, for the request; undefined where nothing does, or a role is not filled in. */
export function differencesOf(account: Subject, fields: ChangeFields): Differences | undefined {
  const before = changeFields(account);
  const wanted = wantedOf(fields.roles);
  if (wanted === undefined) return undefined;
  const differs = (field: 'name' | 'unit' | 'title' | 'phone' | 'expires'): boolean =>
    fields[field].trim() !== before[field];
  const found: Differences = {
    ...(differs('name') ? { name: fields.name.trim() } : {}),
    ...(differs('unit') ? { unit: fields.unit.trim() || null } : {}),
    ...(differs('title') ? { title: fields.title.trim() || null } : {}),
    ...(differs('phone') ? { phone: fields.phone.trim() } : {}),
    ...(differs('expires') ? { expiresAt: endOfDay(fields.expires) } : {}),
    ...(JSON.stringify(wanted) === JSON.stringify(wantedOf(before.roles)) ? {} : { roles: wanted }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}
