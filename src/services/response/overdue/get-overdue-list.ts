import { AppError } from '#base';
import type { OverdueList } from '#contract/response';
import type { chaseRoutes } from '#contract/response';
import {
  DEADLINE_TEXT,
  type DeadlineKind,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import { levelOf } from '#model/warning';
import { cutPage, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

interface Row {
  readonly id: number;
  readonly code: string;
  readonly level: number;
  readonly since: number;
  readonly limits: readonly DeadlineKind[];
  readonly unit: string;
  readonly handler: string | null;
  readonly days: number;
  readonly object: string;
  readonly item: string;
  readonly state: WorkOrderState;
  readonly still: boolean;
}

/**
 * 超期未结案清单 of a day as it was written, the newest without one named: what lies where the caller may look, the severest and then
 * the longest late first, each with what has become of it since.
 */
export async function getOverdueList(
  context: RequestContext,
  { day, after, limit }: z.output<typeof chaseRoutes.getOverdueList.query>,
): Promise<OverdueList> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const { rows: lists } = await sql<{ day: string; at: number }>`
      select to_char(day, 'YYYY-MM-DD') as day, written_at as at from overdue_list order by day desc limit 31`.execute(
      tx,
    );
    const list = day === undefined ? lists[0] : lists.find((one) => one.day === day);
    if (!list)
      return { day: null, writtenAt: null, days: lists.map((one) => one.day), items: [], next: null };
    const rows = await linesOf(tx, list.day, [context.reach('l'), ...behind(after)], limit + 1);
    const { page, next } = cutPage(rows, limit, ({ level, since, id }) => `${level}_${since}_${id}`);
    return {
      day: list.day,
      writtenAt: list.at,
      days: lists.map((one) => one.day),
      items: page.map(show),
      next,
    };
  });
}

async function linesOf(
  tx: Tx,
  day: string,
  conditions: readonly RawBuilder<unknown>[],
  most: number,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select o.id, o.code, l.level, l.overdue_since as since, l.limits, l.unit, l.handler, l.days, m.name as object,
      coalesce(i.name, o.item_code) as item, o.state, o.overdue as still
    from (select * from overdue_line l where l.day = ${day}::date and ${sql.join(conditions, sql` and `)}
      order by l.level desc, l.overdue_since, l.work_order_id limit ${most}) l
    join work_order o on o.id = l.work_order_id
    join monitored_object m on m.id = o.object_id
    left join lateral (select name from warning_item where code = o.item_code order by standard_id desc limit 1) i on true
    order by l.level desc, l.overdue_since, l.work_order_id`.execute(tx);
  return rows;
}

function behind(after: string | undefined): readonly RawBuilder<unknown>[] {
  if (after === undefined) return [];
  const found = /^([1-4])_(\d{1,15})_(\d{1,15})$/u.exec(after);
  if (!found) throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  const [, level, since, id] = found.map(Number);
  return [
    sql`(l.level < ${level} or l.level = ${level} and (l.overdue_since, l.work_order_id) > (${new Date(since ?? 0)}, ${id}))`,
  ];
}

function show(row: Row): OverdueList['items'][number] {
  const { limits, level, state, ...told } = row;
  return {
    ...told,
    level: levelOf(level) ?? 'blue',
    limits: limits.map((kind) => DEADLINE_TEXT[kind]),
    stateText: WORK_ORDER_STATE_TEXT[state],
  };
}
