import type { Event } from '#bus';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** Rows that carry the place of their object, and the way from the row to it. */
const OF_OBJECT = ['alarm', 'warning', 'work_order', 'own_limit'];
const OF_ORDER = [
  'work_order_step',
  'work_order_result',
  'work_order_entry',
  'attachment',
  'deadline',
  'reminder',
  'deadline_past',
];

/**
 * After borders were imported: alarms, warnings and orders go where their objects now stand, so that the new town sees
 * their whole history and the old one no longer does. Runs as the owner; doing it twice changes nothing. `now` is the wall
 * clock, for the audit.
 */
export async function followBorders(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  if (events.length === 0) return;
  const moved: Record<string, number> = {};
  for (const table of OF_OBJECT) {
    moved[table] = await follow(tx, table, sql`monitored_object p`, sql`t.object_id`);
  }
  moved['warning_change'] = await follow(tx, 'warning_change', sql`warning p`, sql`t.warning_id`);
  moved['warning_past'] = await follow(tx, 'warning_past', sql`warning p`, sql`t.id`);
  moved['work_order_past'] = await follow(tx, 'work_order_past', sql`work_order p`, sql`t.id`);
  for (const table of OF_ORDER)
    moved[table] = await follow(tx, table, sql`work_order p`, sql`t.work_order_id`);
  if (Object.values(moved).every((count) => count === 0)) return;
  await auditRule(tx, { rule: 'follow-borders', at: now }, [
    { action: 'borders.followed', subject: 'map/borders', after: moved },
  ]);
}

async function follow(
  tx: Tx,
  table: string,
  parent: RawBuilder<unknown>,
  reference: RawBuilder<unknown>,
): Promise<number> {
  const result = await sql`update ${sql.table(table)} t set place = p.place from ${parent}
    where p.id = ${reference} and t.place <> p.place`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
