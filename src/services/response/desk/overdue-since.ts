import type { DeskTold } from '#contract/command';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

const SHOWN = 50;

interface Row {
  readonly id: number;
  readonly at: number;
  readonly level: number;
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

/** Orders of which a limit was missed since somebody last looked, each once; kept late since then or not, it was missed. */
export async function overdueSince(context: RequestContext, since: number): Promise<DeskTold> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<Row>`
      select o.id, e.at, o.level, m.name, e.text, e.count
      from (
        select *, count(*) over () as count from (
          select distinct on (work_order_id) id, work_order_id, at, text from work_order_entry
          where kind = 'overdue' and at > ${new Date(since)} order by work_order_id, id desc
        ) last order by id desc limit ${SHOWN}
      ) e join work_order o on o.id = e.work_order_id join monitored_object m on m.id = o.object_id
      order by e.id desc`.execute(tx);
    return {
      count: rows[0]?.count ?? 0,
      items: rows.map(({ count: _count, level, ...row }) => ({
        change: 'overdue',
        ...row,
        level: levelOf(level) ?? null,
      })),
    };
  });
}
