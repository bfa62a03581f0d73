import type { Event } from '#bus';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

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
 * After objects have moved (`moved` of the event): their alarms, warnings and orders go where they now stand, so that the new
 * town sees their whole history and the old one no longer does. Runs as the owner; doing it twice changes nothing. `now` is the
 * wall clock, for the audit. Gives whether any object had moved.
 */
export async function followObjects(tx: Tx, events: readonly Event[], now: number): Promise<boolean> {
  const objects = [...new Set(events.flatMap(({ payload }) => movedOf(payload['moved'])))];
  if (objects.length === 0) return false;
  const moved: Record<string, number> = {};
  for (const table of OF_OBJECT) {
    moved[table] = await follow(tx, table, {
      parent: sql`monitored_object p`,
      reference: sql`t.object_id`,
      which: sql`p.id = any(${objects}::int[])`,
    });
  }
  const ofObjects = sql`p.object_id = any(${objects}::int[])`;
  moved['warning_change'] = await follow(tx, 'warning_change', {
    parent: sql`warning p`,
    reference: sql`t.warning_id`,
    which: ofObjects,
  });
  for (const table of ['warning', 'work_order']) {
    const past = `${table}_past`;
    moved[past] = await follow(tx, past, {
      parent: sql`${sql.table(table)} p`,
      reference: sql`t.id`,
      which: ofObjects,
    });
  }
  for (const table of OF_ORDER) {
    const order = { parent: sql`work_order p`, reference: sql`t.work_order_id`, which: ofObjects };
    moved[table] = await follow(tx, table, order);
  }
  if (Object.values(moved).some((count) => count > 0)) {
    await auditRule(tx, { rule: 'follow-objects', at: now }, [
      { action: 'object.followed', subject: 'object', after: { objects, moved } },
    ]);
  }
  return true;
}

function movedOf(given: unknown): readonly number[] {
  return Array.isArray(given) ? given.filter((id): id is number => Number.isInteger(id)) : [];
}

async function follow(
  tx: Tx,
  table: string,
  way: { readonly [part in 'parent' | 'reference' | 'which']: RawBuilder<unknown> },
): Promise<number> {
  const result = await sql`update ${sql.table(table)} t set place = p.place from ${way.parent}
    where p.id = ${way.reference} and ${way.which} and t.place <> p.place`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
