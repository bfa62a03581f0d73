import type { loadRoutes, SeatLoad } from '#contract/warning';
import { covers, ROLE_CAPABILITIES } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { LOAD_SPAN_MS } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { Arrived } from './desks.ts';

type Reply = z.output<typeof loadRoutes.getSeatLoad.reply>;

const DAY_MS = 86_400_000;

/** The load of the desks at which the caller watches, in their own right or as a deputy; the same in every browser. */
export async function getSeatLoad(context: RequestContext): Promise<Reply> {
  context.authorize('warning.read');
  const grants = context.actor.rights.grants.filter(({ role }) =>
    ROLE_CAPABILITIES[role].includes('warning.read'),
  );
  const byPlatform = new Map(grants.map((grant) => [grant.platform, grant]));
  return context.transaction(async (tx) => {
    const arrived = await loadArrived(tx, context.now());
    const figures = await loadFigures(tx, [...byPlatform.keys()], context.now());
    const seats = [...byPlatform.values()].map(({ platform, platformName, scope }): SeatLoad => ({
      platform: { code: platform, name: platformName },
      flood: figures.get(platform)?.flood ?? null,
      count: arrived.reduce(
        (sum, { place, scenario, count }) => (covers(scope, place, scenario) ? sum + count : sum),
        0,
      ),
      hours: figures.get(platform)?.hours ?? [],
    }));
    const inFlood = seats.filter(({ flood }) => flood !== null);
    const most = Math.max(0, ...inFlood.map(({ count }) => count));
    return {
      seats,
      flood: inFlood.length > 0,
      sentence: inFlood.length > 0 ? `洪峰模式：10 分钟内 ${most} 条，已按原因归并` : null,
    };
  });
}

async function loadArrived(tx: Tx, now: number): Promise<readonly Arrived[]> {
  const { rows } = await sql<Arrived>`
    select place, scenario, count(*) as count from warning
    where replay_session_id is null and recorded_at > ${new Date(now - LOAD_SPAN_MS)} group by 1, 2`.execute(
    tx,
  );
  return rows;
}

async function loadFigures(
  tx: Tx,
  platforms: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Pick<SeatLoad, 'flood' | 'hours'>>> {
  const { rows } = await sql<Pick<SeatLoad, 'flood' | 'hours'> & { code: string }>`
    select p.code,
      (select json_build_object('since', (extract(epoch from f.began_at) * 1000)::float8, 'peak', f.peak)
        from seat_flood f where f.platform_id = p.id and f.ended_at is null) as flood,
      (select coalesce(json_agg(json_build_object('hour', (extract(epoch from l.hour) * 1000)::float8,
          'warnings', l.warnings, 'shown', l.shown, 'peak', l.peak, 'flood', l.flood) order by l.hour), '[]')
        from seat_load l where l.platform_id = p.id and l.hour > ${new Date(now - DAY_MS)}) as hours
    from platform p where p.code = any(${[...platforms]})`.execute(tx);
  return new Map(rows.map(({ code, flood, hours }) => [code, { flood, hours }]));
}
