import type { reportRoutes } from '#contract/report';
import { DEADLINE_KINDS } from '#model/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonthSpan } from './month-span.ts';
import { ofKind, type RowKind } from './row-kind.ts';

type Orders = z.output<typeof reportRoutes.getMonth.reply>['orders'];

const LATE_SHOWN = 50;

interface Counted {
  readonly opened: number;
  readonly cleared: number;
  readonly closed: number;
  readonly open: number;
  readonly small: number;
  readonly medium: number;
  readonly large: number;
  readonly kept: number;
}

/**
 * Orders of the month. `open`: not closed at the month's end (or now); `overdue`: orders that missed a limit in the month,
 * with the newest fifty of these limits in `late`; `byLoop`: of the orders opened.
 */
export async function countOrders(tx: Tx, span: MonthSpan, kind: RowKind): Promise<Orders> {
  const [from, to] = [new Date(span.from), new Date(span.to)];
  const { rows } = await sql<Counted>`
    select count(*) filter (where t.opened_at >= ${from}) as opened,
      count(*) filter (where t.cleared_at >= ${from} and t.cleared_at < ${to}) as cleared,
      count(*) filter (where t.closed_at >= ${from} and t.closed_at < ${to}) as closed,
      count(*) filter (where t.closed_at is null or t.closed_at >= ${to}) as open,
      count(*) filter (where t.opened_at >= ${from} and t.loop = 'small') as small,
      count(*) filter (where t.opened_at >= ${from} and t.loop = 'medium') as medium,
      count(*) filter (where t.opened_at >= ${from} and t.loop = 'large') as large,
      count(*) filter (where t.closed_at >= ${from} and t.closed_at < ${to} and not exists (
        select from deadline d where d.work_order_id = t.id and (d.overdue_at is not null or d.met_at > d.due_at)
      )) as kept
    from work_order t
    where t.opened_at < ${to} and (t.closed_at is null or t.closed_at >= ${from}) and ${ofKind(kind)}`.execute(
    tx,
  );
  const { small, medium, large, kept, ...counts } = rows[0] ?? NOTHING;
  return {
    ...counts,
    overdue: await countOverdue(tx, span, kind),
    onTimeRate: counts.closed === 0 ? null : kept / counts.closed,
    byLimit: await countLimits(tx, span, kind),
    byLoop: { small, medium, large },
    late: await loadLate(tx, span, kind),
  };
}

const NOTHING: Counted = {
  opened: 0,
  cleared: 0,
  closed: 0,
  open: 0,
  small: 0,
  medium: 0,
  large: 0,
  kept: 0,
};

/** A limit that no longer applies (remote work, merged) is neither; one that comes again counts as it runs now. */
async function countLimits(tx: Tx, span: MonthSpan, kind: RowKind): Promise<Orders['byLimit']> {
  const { rows } = await sql<Orders['byLimit'][number]>`
    select d.kind, count(*) as due, count(*) filter (where d.met_at <= d.due_at) as kept
    from work_order t join deadline d on d.work_order_id = t.id
    where t.opened_at >= ${new Date(span.from)} and t.opened_at < ${new Date(span.to)} and ${ofKind(kind)}
      and d.stopped_at is null and (d.met_at is not null or d.overdue_at is not null)
    group by d.kind`.execute(tx);
  return DEADLINE_KINDS.flatMap((one) => rows.filter((row) => row.kind === one));
}

async function countOverdue(tx: Tx, span: MonthSpan, kind: RowKind): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    select count(distinct d.work_order_id) as orders
    from deadline d join work_order t on t.id = d.work_order_id
    where d.overdue_at >= ${new Date(span.from)} and d.overdue_at < ${new Date(span.to)} and ${ofKind(kind)}`.execute(
    tx,
  );
  return rows[0]?.orders ?? 0;
}

async function loadLate(tx: Tx, span: MonthSpan, kind: RowKind): Promise<Orders['late']> {
  const { rows } = await sql<Orders['late'][number]>`
    select t.id, t.code, m.name as object, d.kind
    from deadline d join work_order t on t.id = d.work_order_id join monitored_object m on m.id = t.object_id
    where d.overdue_at >= ${new Date(span.from)} and d.overdue_at < ${new Date(span.to)} and ${ofKind(kind)}
    order by d.overdue_at desc, t.id desc, d.kind limit ${LATE_SHOWN}`.execute(tx);
  return [...rows];
}
