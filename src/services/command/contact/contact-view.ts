import { AppError } from '#base';
import type { Contact } from '#contract/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface ContactRow {
  readonly id: number;
  readonly platform: Contact['platform'];
  readonly place: number;
  readonly scenario: number | null;
  readonly name: string;
  readonly unit: string | null;
  readonly title: string | null;
  readonly phone_sealed: string | null;
  readonly phone_masked: string | null;
  readonly phone_public: boolean;
  readonly tags: readonly string[];
  readonly team: Contact['team'];
  readonly note: string | null;
  readonly simulated: boolean;
  readonly retired_at: number | null;
  readonly version: number;
}

/** Contacts the caller may see, as `suffix` picks and sorts them. `c` is the contact. */
export async function loadContacts(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select c.*, json_build_object('code', p.code, 'name', p.name) as platform,
      (select json_build_object('id', t.id, 'name', t.name) from team t where t.id = c.team_id) as team
    from (select c.* from contact c ${suffix}) c join platform p on p.id = c.platform_id order by c.id`.execute(
    tx,
  );
  return rows;
}

/** One contact. Throws `record.not-found`. */
export async function loadContact(tx: Tx, id: number): Promise<ContactRow> {
  const [row] = await loadContacts(tx, sql`where c.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '联系人', id });
  return row;
}

export function showContact(row: ContactRow, { rights }: Actor): Contact {
  const actions: Contact['allowedActions'] = [];
  if (row.retired_at === null && row.phone_sealed !== null && mayCall(rights, row)) actions.push('call');
  if (rights.mayAt('contact.manage', row)) actions.push('edit', 'retire');
  return {
    id: row.id,
    platform: row.platform,
    name: row.name,
    unit: row.unit,
    title: row.title,
    phoneMasked: row.phone_masked,
    phonePublic: row.phone_public,
    tags: [...row.tags],
    team: row.team,
    note: row.note,
    simulated: row.simulated,
    retiredAt: row.retired_at,
    version: row.version,
    allowedActions: actions,
  };
}

/** A hotline is anybody's on watch; a person's number only of whoever keeps duty there or may see it. */
function mayCall(rights: Actor['rights'], row: ContactRow): boolean {
  const enough = ['duty.keep', 'personal.reveal'] as const;
  return enough.some((one) => (row.phone_public ? rights.has(one) : rights.mayAt(one, row)));
}
