import { type Tx, withoutNestedLoops } from '#storage';
import { type CardCell, cardSubject, type CardGrain } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

interface Row extends Omit<CardCell, 'levels' | 'warning' | 'object' | 'overdue'> {
  readonly n1: number;
  readonly n2: number;
  readonly n3: number;
  readonly n4: number;
}

/** What brought `w` about; a warning that has brought others about stands with them. */
const CAUSE = sql`coalesce(w.cause, c.cause)`;
const CAUSES = sql`
  left join (select distinct o.cause from warning o where o.state = 'open' and o.cause is not null) c
    on c.cause = 'warning/' || w.id`;

/** What tells cells apart; `w` is the warning. */
const CELL = sql`w.item_code as item, w.scenario, ${CAUSE} as cause, w.replay_session_id as session, w.place`;

/** What is added up of each cell. */
const FIGURES = sql`
  count(*) filter (where w.level = 1) as n1, count(*) filter (where w.level = 2) as n2,
  count(*) filter (where w.level = 3) as n3, count(*) filter (where w.level = 4) as n4,
  count(*) filter (where w.acknowledged_at is null) as unacknowledged, count(*) filter (where w.simulated) as simulated,
  min(w.opened_at) as "firstAt", max(w.changed_at) as "changedAt", max(w.id) as newest`;

/** The open warnings that `where` picks of those the caller may see, added up by item, recording and place. */
export async function loadCells(tx: Tx, where: RawBuilder<unknown>): Promise<readonly CardCell[]> {
  const open = sql<Row>`
    select ${CELL}, ${FIGURES} from warning w ${CAUSES} where w.state = 'open' and ${where} group by 1, 2, 3, 4, 5`;
  const { rows } = await withoutNestedLoops(tx, () => open.execute(tx));
  if (rows.length === 0) return [];
  const late = await loadLate(tx, where);
  return rows.map((row) => ({ ...cellOf(row), overdue: late.get(placeKey(row)) ?? 0 }));
}

function cellOf(row: Row): Omit<CardCell, 'overdue'> {
  const { n1, n2, n3, n4, ...rest } = row;
  return { ...rest, warning: null, object: null, levels: [n1, n2, n3, n4] };
}

type Place = Pick<CardCell, 'item' | 'scenario' | 'cause' | 'session' | 'place'>;

function placeKey({ item, scenario, cause, session, place }: Place): string {
  return `${item} ${scenario} ${cause ?? ''} ${session ?? 'live'} ${place}`;
}

/** How many of their orders are late, by item, recording and place: late ones are few, and found by themselves. */
async function loadLate(tx: Tx, where: RawBuilder<unknown>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<Place & { readonly n: number }>`
    select ${CELL}, count(*) as n from work_order o join warning w on w.id = o.warning_id ${CAUSES}
    where o.overdue and o.state <> 'closed' and w.state = 'open' and ${where} group by 1, 2, 3, 4, 5`.execute(
    tx,
  );
  return new Map(rows.map((row) => [placeKey(row), row.n]));
}

/** Cells of subjects whose cards hold one object each are taken apart into their warnings. */
export async function takeApart(
  tx: Tx,
  cells: readonly CardCell[],
  grains: ReadonlyMap<string, CardGrain>,
): Promise<readonly CardCell[]> {
  const single = cells.filter((cell) => cell.cause === null && grains.get(cardSubject(cell)) === 'object');
  if (single.length === 0) return cells;
  const subjects = new Set(single.map(cardSubject));
  const { rows } = await sql<Row & { readonly warning: number; readonly object: string; overdue: number }>`
    select ${CELL}, w.id as warning, m.name as object, count(o.id) as overdue, ${FIGURES}
    from warning w join monitored_object m on m.id = w.object_id ${CAUSES}
    left join work_order o on o.warning_id = w.id and o.overdue and o.state <> 'closed'
    where w.state = 'open' and w.item_code = any(${[...new Set(single.map(({ item }) => item))]})
      and w.place = any(${[...new Set(single.map(({ place }) => place))]}::int[])
    group by w.id, m.name, c.cause`.execute(tx);
  const apart = rows.map(({ warning, object, overdue, ...row }) => ({
    ...cellOf(row),
    warning,
    object,
    overdue,
  }));
  return [
    ...cells.filter((cell) => !subjects.has(cardSubject(cell))),
    ...apart.filter((cell) => subjects.has(cardSubject(cell))),
  ];
}
