import { SELF_TEST_PLACE } from '#model/platform';
import type { Loop } from '#model/standard';
import { auditRule, type SystemContext } from '#services/context';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { moveLoop } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { callParts } from './call-parts.ts';
import { type IncidentRow, loadIncidents } from './incident-row.ts';
import { loopFacts } from './incident-view.ts';
import { postText } from './loop-posts.ts';
import { saveLoop } from './save-loop.ts';
import { type IncidentLine, tellIncidents } from './tell-incidents.ts';

interface LoopRule {
  readonly from: Loop;
  readonly to: Loop;
  readonly reason: string;
  /** Of an open incident `i` at a moment. */
  readonly when: (at: Date) => RawBuilder<unknown>;
}

/** An open limit of one of its orders, which has run since the incident is in this loop or began before. */
const lateLimit = (late: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select from work_order o join deadline d on d.work_order_id = o.id where o.incident_id = i.id and o.state <> 'closed'
    and d.met_at is null and d.stopped_at is null and d.paused_at is null and ${late})`;

/** 自动升级 (catalog §1.4). What was late already when a loop was raised does not raise it again. */
const RULES: readonly LoopRule[] = [
  {
    from: 'small',
    to: 'large',
    reason: '事件中有红色工单',
    when: () => sql`i.level >= 4`,
  },
  {
    from: 'medium',
    to: 'large',
    reason: '事件中有红色工单',
    when: () => sql`i.level >= 4`,
  },
  {
    from: 'small',
    to: 'medium',
    reason: '小闭环超期已达时限两倍',
    when: (at) => lateLimit(sql`${at}::timestamptz >= d.due_at + (d.due_at - d.started_at)`),
  },
  {
    from: 'medium',
    to: 'large',
    reason: '中闭环超期',
    when: (at) => lateLimit(sql`d.due_at <= ${at}::timestamptz and d.due_at > i.loop_since`),
  },
];

/** Raises the loops of live incidents whose moment has come; at most one step a round. Gives how many. */
export async function watchLoops(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    let raised = 0;
    const moved = new Set<number>();
    for (const rule of RULES) {
      const rows = await due(tx, rule, now);
      for (const row of rows.filter(({ id }) => !moved.has(id))) {
        moved.add(row.id);
        raised += (await raise(tx, row, { rule, now })) ? 1 : 0;
      }
    }
    return raised;
  });
}

async function due(tx: Tx, { from, when }: LoopRule, now: number): Promise<readonly IncidentRow[]> {
  return loadIncidents(
    tx,
    [],
    sql`where i.state = 'open' and i.loop = ${from} and i.replay_session_id is null and i.place <> ${SELF_TEST_PLACE}
      and ${when(new Date(now))} order by i.id limit 200 for update skip locked`,
  );
}

async function raise(
  tx: Tx,
  row: IncidentRow,
  { rule, now }: { readonly rule: LoopRule; readonly now: number },
): Promise<boolean> {
  const { to, reason } = rule;
  const step = { action: 'raise', to, reason, at: now } as const;
  const moved = moveLoop(loopFacts(row), step, { kind: 'rule' });
  if (moved.kind === 'refused') return false;
  await saveLoop(tx, row, moved, { ...step, by: null });
  const line: IncidentLine = {
    incident: row.id,
    at: now,
    by: null,
    kind: 'raise',
    text: `自动升级，由${postText(to, row.scenario_name)}负责，${postText(row.loop, row.scenario_name)}在其签字前继续负责协助`,
    note: reason,
  };
  const calls = to === 'large' ? await callParts(tx, [row.id], { at: now, by: null }) : [];
  await tellIncidents(tx, 'incident.changed', [line, ...calls]);
  await auditRule(tx, { rule: 'watch-loops', at: now }, [
    {
      action: 'incident.raise',
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      before: { loop: row.loop, level: levelOf(row.level) },
      after: { loop: to, reason },
    },
  ]);
  return true;
}
