import { AppError } from '#base';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { accountKey } from '../people.ts';

/** Exactly one of the two is given. */
export interface PersonRef {
  readonly username?: string | undefined;
  readonly contact?: number | undefined;
}

/**
 * The keys of people who are to stand in a roster, in order: accounts in the caller's scope (or in this roster already), contacts
 * of the same platform's book. Throws `record.not-found` naming the first one that is neither.
 */
export async function findPeople(
  tx: Tx,
  at: { readonly platform: number; readonly roster: number | null },
  refs: readonly PersonRef[],
): Promise<readonly string[]> {
  const usernames = refs.flatMap(({ username }) => (username === undefined ? [] : [username]));
  const contacts = refs.flatMap(({ contact }) => (contact === undefined ? [] : [contact]));
  const { rows: accounts } = await sql<{ id: number; username: string }>`
    select a.id, a.username from account a
    where a.username = any(${usernames}) and a.kind = 'person' and a.disabled_at is null and a.left_at is null
    union
    select p.id, p.username from duty_person p
    join roster_member m on m.account_id = p.id join roster_seat t on t.id = m.seat_id
    where p.username = any(${usernames}) and t.roster_id = ${at.roster}`.execute(tx);
  const { rows: known } = await sql<{ id: number }>`
    select id from contact where id = any(${contacts}) and platform_id = ${at.platform}`.execute(tx);
  const byName = new Map(accounts.map(({ id, username }) => [username, accountKey(id)]));
  const book = new Set(known.map(({ id }) => id));
  return refs.map(({ username, contact }) => {
    if (username !== undefined) {
      const key = byName.get(username);
      if (key === undefined) throw new AppError('record.not-found', { what: '可排班的账号', id: username });
      return key;
    }
    if (contact === undefined || !book.has(contact)) {
      throw new AppError('record.not-found', { what: '本平台通讯录中的联系人', id: contact });
    }
    return `contact:${contact}`;
  });
}
