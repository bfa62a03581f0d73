import type { DeskTold } from '#contract/command';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

const TOLD = ['raised', 'upgraded', 'normal'] as const;
const SHOWN = 50;

interface Row {
  readonly change: (typeof TOLD)[number];
  readonly id: number;
  readonly at: number;
  readonly level: number;
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

/**
 * What came to warnings since somebody last looked, each warning once for each kind of change. By the moment at which it was
 * written down: what a device told late is news all the same. A warning that came and went is among both.
 */
export async function warningsSince(
  context: RequestContext,
  since: number,
): Promise<Record<(typeof TOLD)[number], DeskTold>> {
  context.authorize('warning.read');
  const rows = await context.transaction(async (tx) => {
    const { rows: found } = await sql<Row>`
      select c.change, w.id, c.at, greatest(c.from_level, c.to_level) as level, m.name, c.reason as text, c.count
      from (
        select *, row_number() over (partition by change order by written_at desc, id desc) as nth,
          count(*) over (partition by change) as count
        from (
          select distinct on (warning_id, change) * from warning_change
          where written_at > ${new Date(since)} and change = any(${[...TOLD]})
          order by warning_id, change, id desc
        ) last
      ) c
      join warning w on w.id = c.warning_id join monitored_object m on m.id = w.object_id
      where c.nth <= ${SHOWN} order by c.nth`.execute(tx);
    return found;
  });
  const of = (change: Row['change']): DeskTold => {
    const its = rows.filter((row) => row.change === change);
    return {
      count: its[0]?.count ?? 0,
      items: its.map(({ count: _count, level, ...row }) => ({ ...row, level: levelOf(level) ?? null })),
    };
  };
  return { raised: of('raised'), upgraded: of('upgraded'), normal: of('normal') };
}
