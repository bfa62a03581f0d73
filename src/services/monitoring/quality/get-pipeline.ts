import type { PipelineStage } from '#contract/monitoring';
import { isSuspect } from '#model/monitoring';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { dayOf, dayStart } from '../day-figures.ts';
import type { MonitoringDesk } from '../desk.ts';
import { expectedReadings } from './expected-readings.ts';

interface Today {
  readonly expected: number;
  readonly arrived: number;
  readonly received: number;
  readonly suspect: number;
  readonly lag: number | null;
}

/** Events told to subscribers today, and how long (s) the oldest untold one waits; of the whole system. */
export interface Shared {
  readonly events: number;
  readonly lag: number | null;
}

/**
 * The way of today's data in the caller's scope, stage by stage: 产生 what should have been made, 汇聚 what arrived, 治理 what was
 * believed, 应用 what it came to (alarms and warnings), 共享 what subscribers were told. Lags in seconds. What was refused at the doors
 * has no place yet: it is counted for the whole system, since the start of the process.
 */
export async function getPipeline(
  context: RequestContext,
  desk: MonitoringDesk,
  loadShared: () => Promise<Shared>,
): Promise<{ at: number; stages: PipelineStage[] }> {
  context.authorize('reading.read');
  const now = context.now();
  const shared = await loadShared();
  return context.transaction(async (tx) => {
    const today = await loadToday(context, tx, now);
    const applied = await loadApplied(context, tx, now);
    const refused = [...desk.ingest.counts.refused.values()].reduce((a, b) => a + b, 0);
    const frames = [...desk.ledger.totals.refused.values()].reduce((a, b) => a + b, 0);
    const missing = Math.max(0, today.expected - today.arrived);
    return {
      at: now,
      stages: [
        stage('produce', today.expected, [], null),
        stage(
          'gather',
          today.received,
          [
            { text: '应收未收', count: missing },
            { text: '拒收报文（全系统）', count: frames },
            { text: '拒收读数（全系统）', count: refused },
          ],
          today.lag,
        ),
        stage('govern', today.received - today.suspect, await loadSuspect(context, tx, now), null),
        stage('apply', applied.warnings, [{ text: '预警超过一分钟没有工单', count: applied.without }], null),
        stage('share', shared.events, [], shared.lag),
      ],
    };
  });
}

function stage(
  key: PipelineStage['key'],
  done: number,
  losses: PipelineStage['losses'],
  lagSeconds: number | null,
): PipelineStage {
  return { key, done, lost: losses.reduce((all, { count }) => all + count, 0), losses, lagSeconds };
}

async function loadToday(context: RequestContext, tx: Tx, now: number): Promise<Today> {
  const day = sql`${dayOf(now)}::date`;
  const { rows } = await sql<Today>`
    select coalesce(sum(x.expected), 0)::float8 as expected, coalesce(sum(least(coalesce(c.received, 0), x.expected)), 0)::float8 as arrived,
      coalesce(sum(c.received), 0)::float8 as received, coalesce(sum(c.suspect), 0)::float8 as suspect,
      extract(epoch from ${new Date(now)}::timestamptz - max(c.last_at))::float8 as lag
    from point p join element e on e.code = p.element_code
      left join point_day c on c.point_id = p.id and c.day = ${day}
      cross join lateral (select ${expectedReadings(day, now)} as expected) x
    where ${context.reach('p')}`.execute(tx);
  return rows[0] ?? { expected: 0, arrived: 0, received: 0, suspect: 0, lag: null };
}

const MARK_TEXT: Readonly<Record<number, string>> = {
  1: '超出量程',
  2: '跳变',
  4: '长时间不变',
  8: '时钟不对',
  32: '设备自报异常',
  128: '上报为存疑',
  1024: '检修标定中',
  2048: '人工判为坏数据',
};

async function loadSuspect(context: RequestContext, tx: Tx, now: number): Promise<PipelineStage['losses']> {
  const { rows } = await sql<{ mark: number; n: number }>`
    select m.mark, sum(m.count)::float8 as n from point p join point_day_mark m on m.point_id = p.id
    where ${context.reach('p')} and m.day = ${dayOf(now)}::date group by 1 order by 2 desc`.execute(tx);
  return rows
    .filter(({ mark, n }) => n > 0 && isSuspect(mark))
    .map(({ mark, n }) => ({ text: MARK_TEXT[mark] ?? String(mark), count: n }));
}

interface Applied {
  readonly warnings: number;
  readonly without: number;
}

async function loadApplied(context: RequestContext, tx: Tx, now: number): Promise<Applied> {
  const since = new Date(dayStart(now));
  const { rows } = await sql<Applied>`
    select (select count(*) from warning w where ${context.reach('w')} and w.opened_at >= ${since}) as warnings,
      (select count(*) from warning w where ${context.reach('w')} and w.opened_at between ${since} and ${new Date(now - 60_000)}
        and not exists (select from work_order o where o.warning_id = w.id)) as without`.execute(tx);
  return rows[0] ?? { warnings: 0, without: 0 };
}
