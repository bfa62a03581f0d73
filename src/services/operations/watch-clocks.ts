import { deviceKey } from '#model/operations';
import { QUALITY } from '#model/monitoring';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { RuleRound } from './settle-round.ts';

/** As many of the newest readings are looked at as a glance may cost; with more, the rest shows itself in the next round. */
const LOOKED_AT = 200_000;
const WINDOW_MS = 120_000;

/**
 * Devices whose newest readings carry the mark of a wrong clock. One that has sent nothing in the window is not judged: its
 * clock is as wrong as it was.
 */
export async function watchClocks(tx: Tx, now: number, district: number): Promise<RuleRound> {
  const { rows } = await sql<{
    protocol: string;
    code: string;
    name: string;
    place: number;
    scenarios: number[];
    simulated: boolean;
    wrong: number;
    n: number;
  }>`
    select d.protocol, d.code, concat_ws(' ', d.code, min(o.name)) as name, coalesce(d.place, ${district}::int) as place,
      d.scenarios, d.simulated, sum(r.wrong)::float8 as wrong, sum(r.n)::float8 as n
    from (
      select point_id, count(*) as n, count(*) filter (where quality & ${QUALITY.clock}::int <> 0) as wrong
      from (select point_id, quality from reading where received_at > ${new Date(now - WINDOW_MS)} limit ${LOOKED_AT}) newest
      group by point_id
    ) r
    join point p on p.id = r.point_id join device d on d.id = p.device_id join monitored_object o on o.id = p.object_id
    where d.replay_session_id is null
    group by d.id`.execute(tx);
  const judged = new Set(rows.map(({ protocol, code }) => deviceKey(protocol, code)));
  return {
    kind: 'clock-wrong',
    foundBy: 'rule',
    wrong: rows
      .filter(({ wrong, n }) => wrong > n / 2)
      .map(({ protocol, code, name, place, scenarios, simulated, wrong, n }) => ({
        subject: { kind: 'device', key: deviceKey(protocol, code) },
        summary: `${name} 最近 2 分钟 ${n} 条读数中 ${wrong} 条的时间不可信（快 1 分钟以上或慢 7 天以上）`,
        name,
        place,
        scenarios,
        simulated,
      })),
    isWell: ({ key }) => judged.has(key),
    recovery: '读数的时间重新可信',
  };
}
