import { ALIKE_WITHIN, disagreeing } from '#model/monitoring';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { PointBook } from '../point-book.ts';

/** What the air may differ between two towns, in steps of its largest credible change. */
const APART = 5;

interface Placed {
  readonly id: number;
  readonly object: number;
  readonly element: string;
  readonly lat: number;
  readonly lon: number;
}

/** Live points whose newest value is far off those of its neighbours (same object, or within the element's radius), at a moment (epoch ms). */
export async function findDisagreement(tx: Tx, book: PointBook, now: number): Promise<ReadonlySet<number>> {
  const { rows } = await sql<Placed>`
    select p.id, p.object_id as object, p.element_code as element, o.lat, o.lon
    from point p join monitored_object o on o.id = p.object_id
    where p.element_code = any(${Object.keys(ALIKE_WITHIN)}::text[])`.execute(tx);
  const speaking = rows.filter(({ id }) => speaks(book, id, now));
  const found = new Set<number>();
  for (const [element, points] of Map.groupBy(speaking, (one) => one.element)) {
    const within = ALIKE_WITHIN[element] ?? 0;
    const groups = within === 0 ? byObject(points) : points.map((one) => around(points, one, within));
    for (const group of groups) for (const id of apart(book, group, within > 0)) found.add(id);
  }
  return found;
}

function speaks(book: PointBook, id: number, now: number): boolean {
  if (book.session[id] !== 0 || !book.get(id)?.maxChange) return false;
  return now - (book.newestAt[id] ?? Number.NEGATIVE_INFINITY) <= book.freshFor(id);
}

const byObject = (points: readonly Placed[]): readonly (readonly Placed[])[] => [
  ...Map.groupBy(points, ({ object }) => object).values(),
];

const METRES_A_DEGREE = 111_195;

/** In metres; within a district the Earth is flat. */
function around(points: readonly Placed[], at: Placed, within: number): readonly Placed[] {
  const narrow = Math.cos((at.lat * Math.PI) / 180);
  return points.filter(
    ({ lat, lon }) => METRES_A_DEGREE * Math.hypot(lat - at.lat, (lon - at.lon) * narrow) <= within,
  );
}

function apart(book: PointBook, group: readonly Placed[], isWide: boolean): readonly number[] {
  const ids = group.map(({ id }) => id);
  const step = book.get(ids[0] ?? 0)?.maxChange?.value ?? Number.POSITIVE_INFINITY;
  const values = ids.map((id) => book.newestValue[id] ?? 0);
  return disagreeing(values, isWide ? APART * step : step).flatMap((i) => ids[i] ?? []);
}
