import type { HandoverDocument } from '#contract/command';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { DutyPlatform } from '../find-platform.ts';
import { withinPlatform, withinPlatformScenarios } from './within-platform.ts';

const SHOWN = 100;
const WORST = 20;

interface WarningRow {
  readonly id: number;
  readonly object: string;
  readonly item: string;
  readonly level: number;
  readonly peak_level: number;
  readonly state: string;
  readonly openedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
}

/** Warnings raised or acknowledged since the shift began, and those that still stand. */
export async function warningsOfShift(
  tx: Tx,
  platform: DutyPlatform,
  since: number,
): Promise<HandoverDocument['warnings']> {
  const from = new Date(since);
  const mine = sql`w.replay_session_id is null and ${withinPlatform(platform, 'w')}
    and (w.state = 'open' or w.opened_at >= ${from} or w.acknowledged_at >= ${from})`;
  const { rows: counts } = await sql<
    Omit<HandoverDocument['warnings'], 'items' | 'more'> & { total: number }
  >`
    select count(*) filter (where w.opened_at >= ${from}) as raised,
      count(*) filter (where w.acknowledged_at >= ${from}) as acknowledged,
      count(*) filter (where w.state = 'open') as open,
      count(*) filter (where w.state = 'open' and w.acknowledged_at is null) as unacknowledged, count(*) as total
    from warning w where ${mine}`.execute(tx);
  const { rows } = await sql<WarningRow>`
    select w.id, m.name as object, coalesce(i.name, w.item_code) as item, w.level, w.peak_level, w.state,
      w.opened_at as "openedAt", w.acknowledged_at as "acknowledgedAt", w.acknowledged_by as "acknowledgedBy"
    from (select w.* from warning w where ${mine}
      order by (w.state = 'open') desc, w.level desc, w.opened_at desc, w.id desc limit ${SHOWN}) w
    join monitored_object m on m.id = w.object_id
    left join lateral (select name from warning_item where code = w.item_code order by standard_id desc limit 1) i on true
    order by (w.state = 'open') desc, w.level desc, w.opened_at desc, w.id desc`.execute(tx);
  const { total = 0, ...counted } = counts[0] ?? { raised: 0, acknowledged: 0, open: 0, unacknowledged: 0 };
  return {
    ...counted,
    items: rows.map(({ level, peak_level: peak, ...row }) => ({
      ...row,
      level: levelOf(level) ?? levelOf(peak) ?? 'blue',
    })),
    more: Math.max(0, total - rows.length),
  };
}

/**
 * Points that are silent: by the same rule as the list of points (three periods of their element, at least five minutes, and half
 * as long again as their own rhythm). Points under replay have the recording's time and are left out.
 */
export async function blindSpots(
  tx: Tx,
  platform: DutyPlatform,
  now: number,
): Promise<HandoverDocument['blindSpots']> {
  const judged = sql`
    select p.id, p.object_id, p.scenarios[1] as scenario, s.observed_at,
      s.observed_at is null or s.observed_at + greatest(interval '5 minutes', make_interval(secs => 3 * e.period_seconds),
        make_interval(secs => 1.5 * s.interval_ms / 1000)) < ${new Date(now)} as silent
    from point p join element e on e.code = p.element_code
    left join point_state s on s.point_id = p.id
    left join device d on d.id = p.device_id
    where ${withinPlatformScenarios(platform, 'p')} and p.device_id is not null and d.replay_session_id is null`;
  const { rows: byScenario } = await sql<HandoverDocument['blindSpots']['byScenario'][number]>`
    select c.code as scenario, c.name as "scenarioName", count(*) filter (where j.silent) as silent, count(*) as points
    from (${judged}) j join scenario c on c.id = j.scenario group by c.id, c.code, c.name order by c.id`.execute(
    tx,
  );
  const { rows: worst } = await sql<HandoverDocument['blindSpots']['worst'][number]>`
    select m.name as object, count(*) as silent, max(j.observed_at) as "lastAt"
    from (${judged}) j join monitored_object m on m.id = j.object_id where j.silent
    group by m.id, m.name order by count(*) desc, max(j.observed_at) nulls first, m.id limit ${WORST}`.execute(
    tx,
  );
  const total = (key: 'silent' | 'points'): number => byScenario.reduce((sum, one) => sum + one[key], 0);
  return { silent: total('silent'), points: total('points'), byScenario, worst };
}

/** Replay sessions under way: their warnings are not of now. */
export async function runningReplays(tx: Tx): Promise<HandoverDocument['replays']> {
  const { rows } = await sql<HandoverDocument['replays'][number]>`
    select id, name, clock, opened_at as "openedAt" from replay_session where state = 'running' and kind = 'recording' order by id limit ${SHOWN}`.execute(
    tx,
  );
  return rows;
}

/** Lines that somebody marked for the hand-over: of this shift, and older ones that are marked still. */
export async function markedLines(
  tx: Tx,
  platform: DutyPlatform,
  span: { readonly from: number; readonly to: number },
): Promise<HandoverDocument['log']> {
  const { rows } = await sql<HandoverDocument['log'][number]>`
    select id, at, kind, text, by from duty_log
    where platform_id = ${platform.id} and for_handover and struck_at is null
      and at >= ${new Date(span.from)} and at < ${new Date(span.to)}
    order by at, id limit ${SHOWN}`.execute(tx);
  return rows;
}
