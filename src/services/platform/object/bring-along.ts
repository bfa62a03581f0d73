import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A table whose rows carry the place of another row, and how they name it. */
interface Follower {
  readonly table: string;
  readonly parent: string;
  readonly by: string;
  /** `place` unless told. */
  readonly column?: string;
}

const following = (parent: string, by: string, tables: readonly string[]): readonly Follower[] =>
  tables.map((table) => ({ table, parent, by }));

/** Whatever stands where its object stands; parents come before what follows them. */
const FOLLOWERS: readonly Follower[] = [
  ...following('monitored_object', 'object_id', [
    'alarm',
    'warning',
    'work_order',
    'own_limit',
    'verification',
    'shelf',
    'cascade',
    'cascade_reach',
    'suspected_event',
    'service_window',
    'performance_proposal',
  ]),
  ...following('point', 'point_id', ['service_window', 'reading_correction', 'analytics_result']),
  ...following('device', 'device_id', ['service_window', 'device_note']),
  ...following('alarm', 'alarm_id', ['alarm_hold']),
  ...following('warning', 'warning_id', ['warning_change']),
  ...following('warning', 'id', ['warning_past']),
  ...following('work_order', 'id', ['work_order_past']),
  ...following('work_order', 'work_order_id', [
    'work_order_step',
    'work_order_result',
    'work_order_entry',
    'attachment',
    'deadline',
    'reminder',
    'deadline_past',
    'order_measurement',
    'closure_sample',
    'closure_amendment',
    'supervision_order',
  ]),
  { table: 'cascade_reach', parent: 'cascade', by: 'cascade_id', column: 'source_place' },
  { table: 'cascade_seat', parent: 'cascade', by: 'cascade_id', column: 'source_place' },
];

/** Where a parent says its object. */
const OBJECTS_OF: Readonly<Record<string, string>> = {
  monitored_object: 'p.id = any($)',
  device: 'exists (select from point q where q.device_id = p.id and q.object_id = any($))',
};

/**
 * Records go where their objects now stand, of `objects` or of all of them, so that the new town sees the whole history and the old
 * one no longer does. Gives how many rows of each table moved; doing it twice moves none.
 */
export async function bringAlong(
  tx: Tx,
  objects?: readonly number[],
): Promise<Readonly<Record<string, number>>> {
  const moved: Record<string, number> = {};
  for (const { table, parent, by, column = 'place' } of FOLLOWERS) {
    const [before = '', after = ''] = (OBJECTS_OF[parent] ?? 'p.object_id = any($)').split('$');
    const which = objects ? sql`and ${sql.raw(before)}${objects}::int[]${sql.raw(after)}` : sql``;
    const { numAffectedRows } = await sql`update ${sql.table(table)} t set ${sql.ref(column)} = p.place
      from ${sql.table(parent)} p where p.id = ${sql.ref(`t.${by}`)} ${which}
        and ${sql.ref(`t.${column}`)} <> p.place`.execute(tx);
    moved[table] = (moved[table] ?? 0) + Number(numAffectedRows ?? 0);
  }
  return moved;
}
