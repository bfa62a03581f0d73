import { deviceKey } from '#model/operations';
import { QUALITY } from '#model/monitoring';
import type { Tx } from '#storage';
import type { LagWatch } from '#workflow';
import { sql } from 'kysely';

import type { PlacedFinding, RuleRound } from './settle-round.ts';

/** As many of the newest readings are looked at as a glance may cost; with more, the rest shows itself in the next round. */
const LOOKED_AT = 200_000;
const WINDOW_MS = 120_000;

/** What a device's points have sent in the window. Moments in epoch ms. */
interface Spoken {
  readonly key: string;
  readonly name: string;
  readonly place: number;
  readonly scenarios: readonly number[];
  readonly simulated: boolean;
  readonly n: number;
  /** Readings with the mark of a wrong clock, and those that came late. */
  readonly wrong: number;
  readonly late: number;
  readonly lag: number;
  readonly newest: number;
}

/**
 * Devices whose newest readings carry the mark of a wrong clock, or are all late and stay as far behind. One that has sent
 * nothing in the window is not judged: its clock is as wrong as it was.
 */
export async function watchClocks(
  tx: Tx,
  lags: LagWatch,
  { now, district }: { readonly now: number; readonly district: number },
): Promise<RuleRound> {
  const spoken = await loadSpoken(tx, { now, district });
  const wrong = spoken.filter(({ wrong: n, n: all }) => n > all / 2);
  const late = spoken.filter(({ late: n, n: all }) => n === all);
  const well = new Set(
    spoken.filter((one) => !wrong.includes(one) && !late.includes(one)).map(({ key }) => key),
  );
  const behind = lags.look(late, well).map(({ key }) => key);
  return {
    kind: 'clock-wrong',
    foundBy: 'rule',
    wrong: [
      ...wrong.map((one) =>
        finding(
          one,
          `最近 2 分钟 ${one.n} 条读数中 ${one.wrong} 条的时间不可信（快 1 分钟以上或慢 7 天以上）`,
        ),
      ),
      ...late
        .filter(({ key }) => behind.includes(key))
        .map((one) =>
          finding(one, `的读数一直落后约 ${spanText(one.lag)}：时钟慢了（时区？）或线路压着不发`),
        ),
    ],
    isWell: ({ key }) => well.has(key),
    recovery: '读数的时间重新可信',
  };
}

function finding({ key, name, place, scenarios, simulated }: Spoken, what: string): PlacedFinding {
  return { subject: { kind: 'device', key }, summary: `${name} ${what}`, name, place, scenarios, simulated };
}

function spanText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 100 ? `${minutes} 分钟` : `${Math.round(minutes / 6) / 10} 小时`;
}

async function loadSpoken(
  tx: Tx,
  { now, district }: { readonly now: number; readonly district: number },
): Promise<readonly Spoken[]> {
  const { rows } = await sql<Omit<Spoken, 'key'> & { protocol: string; code: string }>`
    select d.protocol, d.code, concat_ws(' ', d.code, min(o.name)) as name, coalesce(d.place, ${district}::int) as place,
      d.scenarios, d.simulated, sum(r.n)::float8 as n, sum(r.wrong)::float8 as wrong, sum(r.late)::float8 as late,
      extract(epoch from min(r.lag))::float8 * 1000 as lag, extract(epoch from max(r.newest))::float8 * 1000 as newest
    from (
      select point_id, count(*) as n, count(*) filter (where quality & ${QUALITY.clock}::int <> 0) as wrong,
        count(*) filter (where quality & ${QUALITY.late}::int <> 0) as late,
        min(received_at - observed_at) as lag, max(observed_at) as newest
      from (
        select point_id, quality, observed_at, received_at from reading
        where received_at > ${new Date(now - WINDOW_MS)} limit ${LOOKED_AT}
      ) newest
      group by point_id
    ) r
    join point p on p.id = r.point_id join device d on d.id = p.device_id join monitored_object o on o.id = p.object_id
    where d.replay_session_id is null
    group by d.id`.execute(tx);
  return rows.map(({ protocol, code, ...row }) => ({ ...row, key: deviceKey(protocol, code) }));
}
