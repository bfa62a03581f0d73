import type { Event } from '#bus';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** Rows that carry the place of their object, and the way from the row to it. */
const OF_OBJECT = ['alarm', 'warning', 'work_order'];
const OF_ORDER = ['work_order_step', 'work_order_entry', 'attachment', 'deadline', 'reminder'];

/**
 * After borders were imported: alarms, warnings and orders go where their objects now stand, so that the new town sees
 * their whole history and the old one no longer does. Runs as the owner; doing it twice changes nothing.
 */
export async function followBorders(tx: Tx, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  for (const table of OF_OBJECT) {
    await follow(tx, table, sql`monitored_object p`, sql`t.object_id`);
  }
  await follow(tx, 'warning_change', sql`warning p`, sql`t.warning_id`);
  for (const table of OF_ORDER) await follow(tx, table, sql`work_order p`, sql`t.work_order_id`);
}

async function follow(
  tx: Tx,
  table: string,
  parent: RawBuilder<unknown>,
  reference: RawBuilder<unknown>,
): Promise<void> {
  await sql`update ${sql.table(table)} t set place = p.place from ${parent}
    where p.id = ${reference} and t.place <> p.place`.execute(tx);
}
