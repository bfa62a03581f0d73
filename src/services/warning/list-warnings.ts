import type { Warning, warningRoutes } from '#contract/warning';
import { type AlarmState, type HeldState, type Level, levelOf, LEVELS, rankOf } from '#model/warning';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadWarnings, showWarning } from './warning-view.ts';

type Query = z.output<typeof warningRoutes.listWarnings.query>;

export interface WarningPage {
  readonly items: Warning[];
  readonly next: string | null;
  readonly open: Record<Level, number>;
}

/** A page of warnings the caller may see, newest first, and how many stand open per level. */
export async function listWarnings(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<WarningPage> {
  context.authorize('warning.read');
  const cursor = readCursor(query.after);
  const conditions = [context.reach('w', query.scenario), ...filters(query, context.now())];
  if (cursor) conditions.push(sql`(w.opened_at, w.id) < (${new Date(cursor.at)}, ${cursor.id})`);
  const where = sql`where ${sql.join(conditions, sql` and `)}`;
  return context.transaction(async (tx) => {
    const rows = await loadWarnings(
      tx,
      sql`${where} order by w.opened_at desc, w.id desc limit ${query.limit + 1}`,
      context.now(),
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    return { items: page.map((row) => showWarning(row, context)), next, open: await countOpen(tx) };
  });
}

function filters(query: Query, now: number): RawBuilder<unknown>[] {
  const { state, alarmState, level, scenario, object, replay } = query;
  return [
    state === undefined ? [] : sql`w.state = ${state}`,
    alarmState === undefined ? [] : IN_ALARM_STATE[alarmState](heldAt(now)),
    // A warning that is normal is found under the worst level it had.
    level === undefined
      ? []
      : sql`(case when w.level = 0 then w.peak_level else w.level end) = ${rankOf(level)}`,
    scenario === undefined ? [] : sql`w.scenario = (select id from scenario where code = ${scenario})`,
    object === undefined ? [] : sql`w.object_id = ${object}`,
    replay === undefined
      ? []
      : replay
        ? sql`w.replay_session_id is not null`
        : sql`w.replay_session_id is null`,
  ].flat();
}

/** `alarmStateOf` as conditions; `held` is what is held back of all that is open, asked about once, as a whole. */
const IN_ALARM_STATE: Readonly<Record<AlarmState, (held: RawBuilder<unknown>) => RawBuilder<boolean>>> = {
  unacknowledged: (held) =>
    sql`w.state = 'open' and w.acknowledged_at is null and w.id not in (select h.warning_id from ${held})`,
  acknowledged: (held) =>
    sql`w.state = 'open' and w.acknowledged_at is not null and w.id not in (select h.warning_id from ${held})`,
  'rtn-unacknowledged': () => sql`w.state = 'normal' and w.acknowledged_at is null`,
  normal: () => sql`(w.state = 'closed' or w.state = 'normal' and w.acknowledged_at is not null)`,
  shelved: heldAs('shelved'),
  'suppressed-by-design': heldAs('suppressed-by-design'),
  'out-of-service': heldAs('out-of-service'),
};

function heldAs(state: HeldState): (held: RawBuilder<unknown>) => RawBuilder<boolean> {
  return (held) => sql`w.id in (select h.warning_id from ${held} where h.state = ${state})`;
}

const heldAt = (now: number): RawBuilder<unknown> => sql`held_open_warnings(${new Date(now)}) h`;

async function countOpen(tx: Tx): Promise<Record<Level, number>> {
  const { rows } = await sql<{ level: number; n: number }>`
    select level, count(*) as n from warning where state = 'open' group by level`.execute(tx);
  const found = new Map(rows.map((row) => [levelOf(row.level), row.n]));
  return Object.fromEntries(LEVELS.map((level) => [level, found.get(level) ?? 0])) as Record<Level, number>;
}
