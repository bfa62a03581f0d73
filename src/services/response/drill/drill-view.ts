import type { Drill, DrillDetail, DrillLine } from '#contract/response';
import { ROLE_TEXT } from '#model/platform';
import { DRILL_STATE_TEXT, type DrillOutcome } from '#model/response';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { scoreDrill } from '#workflow';
import { sql } from 'kysely';

import { loadOrders, stateText } from '../order-view.ts';
import { loadDrillFacts } from './drill-facts.ts';
import type { DrillRow } from './drill-row.ts';

const MINUTE_MS = 60_000;

export function showDrill(row: DrillRow, actor: Actor): Drill {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    state: row.state,
    stateText: DRILL_STATE_TEXT[row.state],
    plannedBy: row.planned_by,
    plannedAt: row.planned_at,
    plannedFor: row.planned_for,
    startedBy: row.started_by,
    startedAt: row.started_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    abortReason: row.abort_reason,
    abortedBy: row.aborted_by,
    score: row.score,
    session: row.session,
    mayRun: actor.rights.mayAt('drill.run', row),
  };
}

/** The drill with its acts, its score line by line and its orders. */
export async function showDetail(tx: Tx, row: DrillRow, actor: Actor): Promise<DrillDetail> {
  const lines = await linesOf(tx, row);
  const isRunning = row.state === 'running';
  return {
    ...showDrill(row, actor),
    score: isRunning ? lines.reduce((sum, { given }) => sum + given, 0) : row.score,
    goal: row.script.goal,
    acts: await actsOf(tx, row),
    lines,
    orders: await ordersOf(tx, row),
    review: row.review,
    assessedBy: row.assessed_by,
    assessedAt: row.assessed_at,
  };
}

async function actsOf(tx: Tx, { id, script, started_at: startedAt }: DrillRow): Promise<DrillDetail['acts']> {
  const rows = await tx.selectFrom('drill_act').selectAll().where('drill_id', '=', id).execute();
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return script.acts
    .map((act, n) => {
      const row = byNumber.get(n);
      return {
        n,
        kind: act.kind,
        minute: act.minute,
        dueAt: startedAt === null ? null : startedAt + act.minute * MINUTE_MS,
        firedAt: row?.fired_at ?? null,
        text: act.text,
        to: act.kind === 'inject' ? act.to : null,
        toText: act.kind === 'inject' ? ROLE_TEXT[act.to] : null,
        answer: row?.answer ?? null,
        answeredBy: row?.answered_by ?? null,
        answeredAt: row?.answered_at ?? null,
      };
    })
    .toSorted((a, b) => a.minute - b.minute || a.n - b.n);
}

/** While it runs, from the records as they stand; once it is over, as they stood then. */
async function linesOf(tx: Tx, row: DrillRow): Promise<DrillLine[]> {
  const { script, state, session } = row;
  if (state === 'planned' || (state === 'running' && session === null))
    return script.expectations.map(unscored);
  if (state === 'running') {
    const scored = scoreDrill(script, await loadDrillFacts(tx, row, false));
    return scored.map((line, n) => ({
      ...unscored(script.expectations[n], n),
      ...line,
      outcome: line.outcome ?? null,
    }));
  }
  const { rows } = await sql<KeptLine>`
    select n, outcome, points as given, due_at as "dueAt", met_at as "metAt", work_order_id as "order", warning_id as warning, found
    from drill_line where drill_id = ${row.id} order by n`.execute(tx);
  return rows.map((line) => ({ ...unscored(script.expectations[line.n], line.n), ...line }));
}

interface KeptLine {
  readonly n: number;
  readonly outcome: DrillOutcome;
  readonly given: number;
  readonly dueAt: number | null;
  readonly metAt: number | null;
  readonly order: number | null;
  readonly warning: number | null;
  readonly found: string;
}

function unscored(expectation: DrillRow['script']['expectations'][number] | undefined, n: number): DrillLine {
  const { text = '', points = 0 } = expectation ?? {};
  const nothing = { outcome: null, given: 0, dueAt: null, metAt: null, order: null, warning: null };
  return { n, text, points, ...nothing, found: '' };
}

async function ordersOf(tx: Tx, { session }: DrillRow): Promise<DrillDetail['orders']> {
  if (session === null) return [];
  const orders = await loadOrders(tx, sql`where o.replay_session_id = ${session} order by o.id limit 200`);
  return orders.map((order) => ({
    id: order.id,
    code: order.code,
    object: order.object.name,
    stateText: stateText(order),
    unit: order.unit,
    handler: order.handler_name,
  }));
}
