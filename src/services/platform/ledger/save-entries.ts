import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { EntryFacts, HeldEntry } from './entry-facts.ts';
import { linkLedger, recordOfLink } from './link-ledger.ts';

export interface EntryChange {
  readonly before: HeldEntry | null;
  readonly after: EntryFacts;
}

const COLUMNS = sql.raw(
  'kind_id, scenario, place, town, village, name, quantity, object_id, source, as_of, note',
);
const AS_ROWS =
  sql.raw(`as r(id int, kind_id int, scenario int2, place int, town text, village text, name text,
  quantity int, object_id int, source text, as_of date, note text)`);

/** Writes lines of the ledger in two statements, with their audit and one event. The ids of the new ones. */
export async function saveEntries(
  context: RequestContext,
  tx: Tx,
  changes: readonly EntryChange[],
): Promise<readonly number[]> {
  if (changes.length === 0) return [];
  const now = new Date(context.now());
  const created = changes.filter(({ before }) => before === null).map(({ after }) => after);
  const updated = changes.flatMap(({ before, after }) => (before ? [{ ...after, id: before.id }] : []));
  const made = await sql<{ id: number }>`
    insert into ledger_entry (${COLUMNS}, edited_by, edited_at)
    select ${COLUMNS}, ${context.actor.username}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(created)}::json) ${AS_ROWS} returning id`.execute(tx);
  await sql`update ledger_entry e set quantity = r.quantity, object_id = r.object_id, source = r.source, as_of = r.as_of,
      note = r.note, edited_by = ${context.actor.username}, edited_at = ${now}, version = e.version + 1
    from json_to_recordset(${JSON.stringify(updated)}::json) ${AS_ROWS} where e.id = r.id`.execute(tx);
  await auditAll(
    context,
    tx,
    changes.map(({ before, after }) => ({
      action: before ? 'ledger.update' : 'ledger.create',
      subject: `ledger/${after.town} ${after.kind_id}${after.name === null ? '' : ` ${after.name}`}`,
      before,
      after,
      place: after.place,
      scenario: after.scenario,
    })),
  );
  const links = await linkLedger(tx);
  await auditAll(context, tx, links.map(recordOfLink));
  await tellLedger(context, tx);
  return made.rows.map(({ id }) => id);
}

export async function tellLedger(context: RequestContext, tx: Tx): Promise<void> {
  const payload = { id: 0, state: 'ledger' };
  await announce(tx, [{ type: 'coverage.changed', at: context.now(), place: null, scenario: null, payload }]);
}
