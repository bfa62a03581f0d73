import { sql } from 'kysely';

import { type District, KANGQIAO, T } from '../cards/testing.ts';

export const SIGN = 'FLOOD.S02A';
const ITEM = 'FLOOD.I02';
const ELEMENT = 'FLOOD.WIND_AVG';

/** An alarm in seconds before {@link T}: when it was raised, and how long it lasted; null while it stands. */
export interface PastAlarm {
  readonly before: number;
  readonly lasted: number | null;
  readonly level?: number;
  readonly peak?: number;
  readonly session?: number;
}

interface Gauge {
  readonly code: string;
  readonly town?: string;
  readonly alarms: readonly PastAlarm[];
}

/** A wind gauge in the first village of a town, with alarms put straight into the tables. Gives the alarms' ids. */
export async function gauge(
  district: District,
  { code, town = KANGQIAO, alarms }: Gauge,
): Promise<readonly number[]> {
  const rows = alarms.map(({ before, lasted, level = 1, peak = 11, session = null }) => {
    const raised = T - before * 1000;
    return { raised, normal: lasted === null ? null : raised + lasted * 1000, level, peak, session };
  });
  const { rows: made } = await sql<{ id: number }>`
    with o as (
      insert into monitored_object (code, name, scenarios, place, town, place_approximate, lat, lon)
      select ${code}, '风速站 ' || ${code}, '{1}', min(v.place), ${town}, true, 31.1, 121.6
      from platform v join platform t on t.code = ${town} and v.kind = 'village' and v.place between t.place and t.place_to
      returning id, place
    ), p as (
      insert into point (code, object_id, element_code, place, scenarios, simulated)
      select ${code}, id, ${ELEMENT}, place, '{1}', false from o returning id, object_id, place
    )
    insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, normal_at, recorded_at, replay_session_id, simulated)
    select nextval('alarm_id'), p.id, p.object_id, (select max(id) from sign where code = ${SIGN}), ${ITEM}, p.place, 1,
      case when r.normal is null then r.level else 0 end, r.level, r.peak, r.peak, to_timestamp(r.raised / 1000.0),
      to_timestamp(r.raised / 1000.0), to_timestamp(r.normal / 1000.0), to_timestamp(r.raised / 1000.0), r.session, false
    from p, json_to_recordset(${JSON.stringify(rows)}::json) as r(raised float8, normal float8, level int2, peak float8, session int)
    order by r.raised returning id`.execute(district.db.storage.system);
  return made.map(({ id }) => id);
}

/** `n` alarms `every` so many seconds, each `lasts` so long, the last of them `before` so many. */
export function every(
  n: number,
  { before, seconds, lasts }: { readonly before: number; readonly seconds: number; readonly lasts: number },
): readonly PastAlarm[] {
  return Array.from({ length: n }, (_, i) => ({ before: before + (n - 1 - i) * seconds, lasted: lasts }));
}
