import type { Sign } from '#model/standard';
import { extremeSentence } from '#signs';
import { recordset, type Tx, withoutNestedLoops } from '#storage';
import { type CardCell, worstOf } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

interface Extreme {
  readonly item: string;
  readonly session: number | null;
  readonly place: number;
  readonly level: number;
  readonly sign: number;
  readonly count: number;
  readonly greatest: number;
  readonly least: number;
}

/**
 * What is worst on a card, as a person would say it ("积水深度最高 62 cm"): of the sign most of its worst warnings stand on. Nothing
 * where they stand on a composite sign, which has no value.
 */
export async function loadExtremes(
  tx: Tx,
  where: RawBuilder<unknown>,
  cards: readonly (readonly CardCell[])[],
): Promise<(cells: readonly CardCell[], item: string) => string | undefined> {
  // Of a card only its worst warnings are asked about; in a flood the others are thirty times as many.
  const worst = cards.map((cells) => ({
    items: new Set(cells.map(({ item }) => item)),
    level: worstOf(cells),
  }));
  const asked = worst.flatMap(({ items, level }) => [...items].map((item) => ({ item, level })));
  const asking = sql<Extreme>`
    select w.item_code as item, w.replay_session_id as session, w.place, w.level, a.sign_id as sign, count(*) as count,
      max(a.peak_value) as greatest, min(a.peak_value) as least
    from warning w
    join alarm a on a.object_id = w.object_id and a.item_code = w.item_code and a.normal_at is null and a.level = w.level
    where w.state = 'open' and ${where} and (w.item_code, w.level) in (
      select item, level from ${recordset(asked, sql`r(item text, level int2)`)})
    group by 1, 2, 3, 4, 5`;
  const { rows } = await withoutNestedLoops(tx, () => asking.execute(tx));
  const signs = await loadSigns(tx, [...new Set(rows.map(({ sign }) => sign))]);
  const byPlace = Map.groupBy(rows, (row) => keyOf(row, row.level));
  return (cells, item) => {
    const level = worstOf(cells);
    const bySign = Map.groupBy(
      cells.flatMap((cell) => byPlace.get(keyOf(cell, level)) ?? []),
      ({ sign }) => sign,
    );
    const [most] = [...bySign].toSorted(([, a], [, b]) => total(b) - total(a));
    const sign = most && signs.get(most[0]);
    if (!sign) return undefined;
    const [, found] = most;
    return extremeSentence(
      // The item has been named: nobody says “下立交积水，下立交积水深最高 62 cm”.
      sign.name.startsWith(item) ? { ...sign, name: '' } : sign,
      sign.direction === 'low'
        ? Math.min(...found.map(({ least }) => least))
        : Math.max(...found.map(({ greatest }) => greatest)),
    );
  };
}

function keyOf({ item, session, place }: Pick<Extreme, 'item' | 'session' | 'place'>, level: number): string {
  return `${item} ${session ?? 'live'} ${place} ${level}`;
}

function total(found: readonly Extreme[]): number {
  return found.reduce((sum, { count }) => sum + count, 0);
}

async function loadSigns(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Sign & { readonly states?: never }>> {
  const { rows } = await sql<{ id: number; body: Sign }>`
    select s.id, s.body || jsonb_build_object('states', e.body->'states') as body
    from sign s left join element e on e.code = s.element_code
    where s.id = any(${[...ids]}::int[]) and s.body ? 'measure'`.execute(tx);
  return new Map(rows.map(({ id, body }) => [id, body]));
}
