import type { DutyPerson } from '#contract/command';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** `account:7` or `contact:3`: one key for whoever can stand in a roster. */
export function keyOf(row: {
  readonly account_id: number | null;
  readonly contact_id: number | null;
}): string {
  return row.account_id === null ? `contact:${row.contact_id}` : `account:${row.account_id}`;
}

export function accountKey(id: number): string {
  return `account:${id}`;
}

/** The two columns of a key. */
export function columnsOf(key: string): {
  readonly account_id: number | null;
  readonly contact_id: number | null;
} {
  const [kind, id] = key.split(':');
  return kind === 'account'
    ? { account_id: Number(id), contact_id: null }
    : { account_id: null, contact_id: Number(id) };
}

/** Shows people by their keys. */
export type ShowPerson = (key: string) => DutyPerson;

/** Everybody behind these keys, in two statements. */
export async function loadPeople(tx: Tx, keys: Iterable<string>): Promise<ShowPerson> {
  const all = [...new Set(keys)].map(columnsOf);
  const accounts = all.flatMap(({ account_id: id }) => (id === null ? [] : [id]));
  const contacts = all.flatMap(({ contact_id: id }) => (id === null ? [] : [id]));
  const found = new Map<string, DutyPerson>();
  if (accounts.length > 0) {
    const { rows } = await sql<Omit<DutyPerson, 'kind'>>`
      select id, username, name, unit, title, phone_masked as "phoneMasked" from duty_person
      where id = any(${accounts})`.execute(tx);
    for (const row of rows) found.set(accountKey(row.id), { kind: 'account', ...row });
  }
  if (contacts.length > 0) {
    const { rows } = await sql<Omit<DutyPerson, 'kind'>>`
      select id, null as username, name, unit, title, phone_masked as "phoneMasked" from contact
      where id = any(${contacts})`.execute(tx);
    for (const row of rows) found.set(`contact:${row.id}`, { kind: 'contact', ...row });
  }
  return (key) => found.get(key) ?? unknown(key);
}

/** Named by a roster, but not to be seen by the caller. */
function unknown(key: string): DutyPerson {
  const { account_id, contact_id } = columnsOf(key);
  return {
    kind: account_id === null ? 'contact' : 'account',
    id: account_id ?? contact_id ?? 0,
    username: null,
    name: '（不在您的管辖范围）',
    unit: null,
    title: null,
    phoneMasked: null,
  };
}
