import { SOURCES } from '#model/monitoring';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { agreeSettings } from './agree-settings.ts';

/** An alarm of which it is asked what else says the same. `at` is epoch ms by the readings' clock. */
export interface Witnessed {
  readonly alarm: number;
  readonly object: number;
  readonly scenario: number;
  /** Kind of sensing of its element. */
  readonly sensing: string;
  readonly at: number;
  readonly session: number | null;
}

interface Found {
  readonly alarm: number;
  readonly sensing: string;
  readonly name: string;
  readonly confirmed: boolean;
}

/**
 * What other kinds of source say near each alarm, in a few words each (`视频“积水”`): alarms of the scenario that stand or stood within
 * the time, and suspected events that nobody has rejected. Alarms without any are left out. For few alarms: it compares each with what is near.
 */
export async function witnessesOf(
  tx: Tx,
  asked: readonly Witnessed[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (asked.length === 0) return new Map();
  const settings = await agreeSettings(tx);
  const rows = asked.map((one) => {
    const { witnessMetres, witnessMinutes } = settings(one.scenario);
    return { ...one, metres: witnessMetres, minutes: witnessMinutes };
  });
  const { rows: found } = await sql<Found>`
    with asked as (
      select w.*, o.lat, o.lon, w.metres / 111195.0 as dlat, w.metres / 95100.0 as dlon,
        to_timestamp((w.at - w.minutes * 60000) / 1000) as "from", to_timestamp((w.at + w.minutes * 60000) / 1000) as "to"
      from ${recordset(
        rows,
        sql`w(alarm bigint, object int, scenario int2, sensing text, at float8, session int, metres int, minutes int)`,
      )} join monitored_object o on o.id = w.object
    )
    select k.alarm, e.sensing, s.name, false as confirmed
    from asked k join alarm a on a.scenario = k.scenario and a.raised_at <= k.to and (a.normal_at is null or a.normal_at >= k.from)
      and a.replay_session_id is not distinct from k.session
    join point p on p.id = a.point_id join element e on e.code = p.element_code and e.sensing <> k.sensing
    join sign s on s.id = a.sign_id join monitored_object o on o.id = a.object_id
      and (o.id = k.object or o.lat between k.lat - k.dlat and k.lat + k.dlat and o.lon between k.lon - k.dlon and k.lon + k.dlon)
    where a.raised_at > k.from - interval '1 day'
    union
    select k.alarm, v.origin, coalesce(v.kind_name, v.kind), v.state = 'confirmed'
    from asked k join suspected_event v on v.last_at between k.from and k.to and v.state <> 'rejected' and v.origin <> k.sensing
      and (v.scenario is null or v.scenario = k.scenario) and k.session is null
    left join monitored_object o on o.id = v.object_id
    where v.object_id = k.object or coalesce(v.lat, o.lat) between k.lat - k.dlat and k.lat + k.dlat
      and coalesce(v.lon, o.lon) between k.lon - k.dlon and k.lon + k.dlon
    limit 500`.execute(tx);
  return new Map(
    [...Map.groupBy(found, ({ alarm }) => alarm)].map(([alarm, list]) => [alarm, list.map(witnessText)]),
  );
}

/** `视频“积水”（已核实）`. */
export function witnessText(found: Omit<Found, 'alarm'>): string {
  const source = SOURCES.find((one) => one === found.sensing) ?? 'iot';
  return `${SOURCE_NAMES[source]}“${found.name}”${found.confirmed ? '（已核实）' : ''}`;
}

const SOURCE_NAMES: Readonly<Record<(typeof SOURCES)[number], string>> = {
  iot: '仪器',
  analytics: '分析结果',
  video: '视频',
  social: '上报',
};
