import type { Event } from '#bus';
import { type AuditRecord, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Link {
  readonly id: number;
  readonly object: number;
  readonly name: string;
  readonly place: number;
  readonly scenario: number;
}

/**
 * Links named lines of the ledger to the object of the same name in the same town and scenario, where there is just one: as far
 * as the scope of the transaction reaches. What it linked.
 */
export async function linkLedger(tx: Tx): Promise<readonly Link[]> {
  const { rows } = await sql<Link>`
    update ledger_entry e set object_id = found.object_id, version = e.version + 1
    from (
      select e.id, min(o.id) as object_id from ledger_entry e
      join monitored_object o on o.town = e.town and o.name = e.name and e.scenario = any(o.scenarios)
        and (e.village is null or o.village is null or o.village = e.village)
      where e.object_id is null and e.name is not null and o.retired_at is null
      group by e.id having count(*) = 1
    ) found
    where found.id = e.id
    returning e.id, e.object_id as object, e.name, e.place, e.scenario`.execute(tx);
  return rows;
}

/** What the audit tells of a link. */
export function recordOfLink({ id, object, name, place, scenario }: Link): AuditRecord {
  return { action: 'ledger.link', subject: `ledger/${id}`, after: { object, name }, place, scenario };
}

/** After objects were registered or changed: the ledger knows them. Doing it twice changes nothing. */
export async function followLedger(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  if (events.length === 0) return;
  const links = await linkLedger(tx);
  await auditRule(tx, { rule: 'link-ledger', at: now }, links.map(recordOfLink));
}
