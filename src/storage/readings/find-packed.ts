import type pg from 'pg';

import { decodeMoments } from './chunk-codec.ts';

/** A reading by its natural key; the moment in epoch ms. */
interface Key {
  readonly point: number;
  readonly observedAt: number;
}

/**
 * Which of these readings lie in chunks. Each key costs one look into the index, each chunk that may hold some is read
 * once, however many fall into it.
 */
export async function findPacked<K extends Key>(
  client: pg.Client,
  keys: readonly K[],
): Promise<readonly K[]> {
  const { rows } = await client.query<{ point: number; n: number; bytes: Uint8Array }>(
    `with hit as (
       select distinct c.point_id, c.to_at from unnest($1::int[], $2::float8[]) k(point, at)
       cross join lateral (select timestamptz 'epoch' + k.at * interval '1 millisecond' as moment) m
       cross join lateral (
         select point_id, from_at, to_at from reading_chunk
         where point_id = k.point and to_at >= m.moment order by to_at limit 1) c
       where c.from_at <= m.moment)
     select c.point_id as point, c.n, c.bytes from hit join reading_chunk c using (point_id, to_at)`,
    [keys.map(({ point }) => point), keys.map(({ observedAt }) => observedAt)],
  );
  const chunks = Map.groupBy(
    rows.map(({ point, n, bytes }) => ({ point, moments: decodeMoments(bytes, n) })),
    ({ point }) => point,
  );
  return keys.filter(({ point, observedAt }) =>
    chunks.get(point)?.some(({ moments }) => holds(moments, observedAt)),
  );
}

function holds(moments: Float64Array, at: number): boolean {
  let low = 0;
  let high = moments.length - 1;
  if (at < (moments[low] ?? at) || at > (moments[high] ?? at)) return false;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return moments[low] === at;
}
