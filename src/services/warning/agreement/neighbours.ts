import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Another point of the same element near by, with what it says now. */
export interface Neighbour {
  readonly point: string;
  readonly object: string;
  readonly metres: number;
  readonly value: number;
  readonly unit: string;
  readonly observedAt: number;
  /** Rank at which the same sign stands there; 0 where it does not. */
  readonly level: number;
}

const MOST = 20;
/** What has not been heard for so long is not asked. */
const HEARD = '2 hours';

/** Points of the same element within so many metres or at the same object, the nearest first, of those the transaction sees. */
export async function neighboursOf(
  tx: Tx,
  of: { readonly point: number; readonly sign: string },
  { metres, now }: { readonly metres: number; readonly now: number },
): Promise<readonly Neighbour[]> {
  const { rows } = await sql<Neighbour>`
    with here as (
      select p.id, p.object_id, p.element_code, o.lat, o.lon from point p join monitored_object o on o.id = p.object_id
      where p.id = ${of.point}
    )
    select p.code as point, o.name as object, away.metres, st.value, e.unit, st.observed_at as "observedAt",
      coalesce((select max(a.level) from alarm a join sign s on s.id = a.sign_id
        where a.point_id = p.id and a.normal_at is null and s.code = ${of.sign}), 0) as level
    from here h
    join point p on p.element_code = h.element_code and p.id <> h.id
    join monitored_object o on o.id = p.object_id and o.retired_at is null and (o.id = h.object_id
      or o.lat between h.lat - ${metres} / 111195.0 and h.lat + ${metres} / 111195.0
        and o.lon between h.lon - ${metres} / 95100.0 and h.lon + ${metres} / 95100.0)
    join element e on e.code = p.element_code
    join point_state st on st.point_id = p.id and st.observed_at > ${new Date(now)}::timestamptz - ${HEARD}::interval
    cross join lateral (
      select round(sqrt(((o.lat - h.lat) * 111195) ^ 2 + ((o.lon - h.lon) * 95100) ^ 2)::numeric)::float8 as metres
    ) away
    where away.metres <= ${metres} or o.id = h.object_id
    order by away.metres, p.id limit ${MOST}`.execute(tx);
  return rows;
}
