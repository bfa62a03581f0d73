import { deviceKey } from '#model/operations';
import { SELF_TEST_PLACE } from '#model/platform';
import type { Tx } from '#storage';
import { type HeardDevice, silentDevices } from '#workflow';
import { sql } from 'kysely';

import type { PlacedFinding, RuleRound } from './settle-round.ts';

interface DeviceRow extends HeardDevice {
  /** All that it measures is being serviced or is out of service: nobody waits for it. */
  readonly serviced: boolean;
  readonly name: string;
  readonly place: number;
  readonly scenarios: readonly number[];
  readonly simulated: boolean;
}

/** Moments (epoch ms) a watch over silence needs, and where a line lies. */
export interface Listening {
  readonly now: number;
  /** Since when this process can have heard anything. */
  readonly since: number;
  readonly district: number;
}

/**
 * Lines and devices that have not been heard for three of their own periods. Replaying and never heard ones are left out; one that is being
 * serviced may be silent, and what stands of it goes on standing.
 */
export async function watchSilence(
  tx: Tx,
  { now, since, district }: Listening,
): Promise<readonly RuleRound[]> {
  const devices = await loadHeard(tx, { now, district });
  const serviced = new Set(devices.filter((one) => one.serviced).map(({ key }) => key));
  const silence = silentDevices(
    devices.filter(({ key }) => !serviced.has(key)),
    { now, since },
  );
  const quiet = new Set(silence.lines.map(({ line }) => line));
  const lineOf = new Map(devices.map((one) => [one.key, one.line]));
  return [
    {
      kind: 'line-silent',
      foundBy: 'rule',
      wrong: silence.lines.map(({ line, silent, of }) => ({
        subject: { kind: 'line', key: line },
        summary: `${line} 线路 ${of} 台设备中 ${silent.length} 台超过自身周期 3 倍没有报文`,
        name: `${line} 接入线路`,
        place: district,
        scenarios: [],
        simulated: silent.every((one) => one.simulated),
      })),
      isWell: () => true,
      recovery: '线路上的设备重新有报文',
    },
    {
      kind: 'device-silent',
      foundBy: 'rule',
      wrong: silence.devices.map((device) => silentFinding(device)),
      // Its line is silent as a whole: what stands for one device stands, and no other joins it.
      isWell: ({ key }) => !serviced.has(key) && !quiet.has(lineOf.get(key) ?? ''),
      recovery: '设备重新有报文',
    },
  ];
}

/** Its periods are counted from the end of a service; what ended longer ago has been forgotten by any period there is. */
const SERVICE_REMEMBERED_MS = 30 * 86_400_000;

function silentFinding({ key, name, place, scenarios, simulated, periodMs }: DeviceRow): PlacedFinding {
  return {
    subject: { kind: 'device', key },
    summary: `${name} 超过 3 个周期（每 ${periodText(periodMs)} 一次）没有报文`,
    name,
    place,
    scenarios,
    simulated,
  };
}

function periodText(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} 秒`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} 分钟` : `${Math.round(ms / 3_600_000)} 小时`;
}

/**
 * A device is heard by its frames, or by a reading of one of its points that came another way. Its period is the shortest of
 * its elements', or the slower rhythm of its own; one that only tells events has none, and its silence is no fault.
 */
async function loadHeard(
  tx: Tx,
  { now, district }: Pick<Listening, 'now' | 'district'>,
): Promise<readonly DeviceRow[]> {
  const { rows } = await sql<Omit<DeviceRow, 'key'> & { protocol: string; code: string }>`
    with serviced as materialized (
      select point_id, bool_or(to_at > ${new Date(now)}) as now, max(to_at) as until from serviced_point
      where from_at <= ${new Date(now)} and to_at > ${new Date(now - SERVICE_REMEMBERED_MS)} group by 1
    )
    select d.protocol, d.code, d.protocol as line, coalesce(d.place, ${district}::int) as place, d.scenarios, d.simulated,
      extract(epoch from greatest(d.last_seen_at, p.heard_at, p.serviced_until))::float8 * 1000 as "heardAt",
      p.period_ms as "periodMs", p.serviced,
      concat_ws(' ', d.code, p.object_name) as name
    from device d
    join lateral (
      select min(greatest(e.period_seconds * 1000.0, coalesce(s.interval_ms, 0)))::float8 as period_ms,
        max(s.observed_at) as heard_at, min(o.name) as object_name, bool_and(coalesce(w.now, false)) as serviced,
        max(w.until) filter (where not w.now) as serviced_until
      from device_factor f join point p on p.id = f.point_id join element e on e.code = p.element_code
      join monitored_object o on o.id = p.object_id
      left join point_state s on s.point_id = p.id left join serviced w on w.point_id = p.id
      where f.device_id = d.id and e.period_seconds > 0
    ) p on p.period_ms is not null
    where d.replay_session_id is null and d.place is distinct from ${SELF_TEST_PLACE} and coalesce(d.last_seen_at, p.heard_at) is not null`.execute(
    tx,
  );
  return rows.map(({ protocol, code, ...row }) => ({ ...row, key: deviceKey(protocol, code) }));
}
