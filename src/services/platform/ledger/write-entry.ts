import { AppError } from '#base';
import type { LedgerEntry, ledgerRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { placeOf } from '../object/object-place.ts';
import type { HeldEntry } from './entry-facts.ts';
import { loadEntries } from './entry-view.ts';
import { saveEntries, tellLedger } from './save-entries.ts';

type Create = z.output<typeof ledgerRoutes.createLedgerEntry.body>;
type Update = z.output<typeof ledgerRoutes.updateLedgerEntry.body>;
type Removal = z.output<typeof ledgerRoutes.removeLedgerEntry.query>;
type IdParams = { readonly id: number };

/** Enters a line of the base ledger. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createLedgerEntry(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<LedgerEntry> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; scenario: number }>`
      select id, scenario from object_kind where code = ${body.kind}`.execute(tx);
    const kind = rows[0];
    if (!kind) throw new AppError('record.not-found', { what: '对象类别', id: body.kind });
    const where = { lat: 0, lon: 0, town: body.town, village: body.village };
    const { place, town, village } = await placeOf(tx, where);
    const { scenario } = kind;
    context.authorizeRecord('object.manage', { place, scenario });
    const name = body.name ?? null;
    const line = { kind_id: kind.id, scenario, place, town, village, name };
    const taken = await sql`select from ledger_entry where kind_id = ${kind.id} and town = ${town}
      and village is not distinct from ${village} and name is not distinct from ${name}`.execute(tx);
    if (taken.rows.length > 0)
      throw new AppError('record.exists', { what: '底数', id: name ?? `${body.kind} ${town}` });
    const [id] = await saveEntries(context, tx, [
      { before: null, after: { ...line, ...(await factsOf(tx, body, { name, object_id: null })) } },
    ]);
    return find(context, tx, id ?? 0);
  });
}

/** Changes a line. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updateLedgerEntry(
  context: RequestContext,
  { params, body }: { readonly params: IdParams; readonly body: Update },
): Promise<LedgerEntry> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const before = await lock(context, tx, { id: params.id, version: body.version });
    const { id: _id, version: _version, ...held } = before;
    await saveEntries(context, tx, [{ before, after: { ...held, ...(await factsOf(tx, body, before)) } }]);
    return find(context, tx, params.id);
  });
}

/** Takes a line out, with what was planned for it. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function removeLedgerEntry(
  context: RequestContext,
  { params, query }: { readonly params: IdParams; readonly query: Removal },
): Promise<null> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const before = await lock(context, tx, { id: params.id, version: query.version });
    await sql`delete from ledger_entry where id = ${params.id}`.execute(tx);
    const { place, scenario } = before;
    await audit(context, tx, {
      action: 'ledger.remove',
      subject: `ledger/${params.id}`,
      before,
      after: { reason: query.reason },
      place,
      scenario,
    });
    await tellLedger(context, tx);
    return null;
  });
}

async function lock(
  context: RequestContext,
  tx: Tx,
  { id, version }: { readonly id: number; readonly version: number },
): Promise<HeldEntry> {
  const { rows } = await sql<HeldEntry>`
    select id, kind_id, scenario, place, town, village, name, quantity, object_id, source, as_of, note, version
    from ledger_entry where id = ${id} for update`.execute(tx);
  const held = rows[0];
  if (!held) throw new AppError('record.not-found', { what: '底数', id: String(id) });
  context.authorizeRecord('object.manage', held);
  if (held.version !== version) throw new AppError('record.changed');
  return held;
}

type Facts = Pick<Update, 'quantity' | 'object' | 'source' | 'asOf' | 'note'>;

async function factsOf(
  tx: Tx,
  { quantity, object, source, asOf, note }: Facts,
  held: Pick<HeldEntry, 'name' | 'object_id'> & { readonly quantity?: number },
) {
  if (held.name === null && object !== undefined && object !== null)
    throw new AppError('input.invalid', { issues: '只有写了名称的一条才能对应一个监测对象' });
  if (held.name !== null && (quantity ?? 1) !== 1)
    throw new AppError('input.invalid', { issues: '写了名称的一条是一个对象，数量须为 1' });
  const count = held.name === null ? (quantity ?? held.quantity) : 1;
  if (count === undefined) throw new AppError('input.invalid', { issues: '缺数量' });
  return {
    quantity: count,
    object_id: object === undefined ? held.object_id : await objectOf(tx, object),
    source,
    as_of: asOf,
    note,
  };
}

async function objectOf(tx: Tx, code: string | null): Promise<number | null> {
  if (code === null) return null;
  const { rows } = await sql<{ id: number }>`
    select id from monitored_object where code = ${code} and retired_at is null`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new AppError('record.not-found', { what: '监测对象', id: code });
  return id;
}

async function find(context: RequestContext, tx: Tx, id: number): Promise<LedgerEntry> {
  const [found] = await loadEntries(context, tx, sql`where t.id = ${id}`);
  if (!found) throw new AppError('record.not-found', { what: '底数', id: String(id) });
  return found;
}
