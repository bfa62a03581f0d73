import type { DeskCall } from '#contract/command';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { ladderOf, stepAt } from '#workflow';

import { spanOf } from '../order-plan.ts';
import { recipientText, rungText } from '../order-text.ts';
import { type LimitsInForce, limitsInForce } from '../standard-in-force.ts';
import type { DeskDeadline, DeskOrderRow } from './desk-rows.ts';

const CALLS = 6;

interface Asked {
  readonly rows: readonly DeskOrderRow[];
  readonly deadlines: ReadonlyMap<number, readonly DeskDeadline[]>;
  readonly at: number;
  /** An order's own clock; null where it is not known. */
  readonly nowOf: (row: DeskOrderRow) => number | null;
}

/** The next call of each order by the ladder, the soonest first. */
export async function nextCalls(tx: Tx, { rows, deadlines, at, nowOf }: Asked): Promise<DeskCall[]> {
  if (rows.length === 0) return [];
  const standard = await limitsInForce(tx, at);
  const waiting = rows.flatMap((row) => {
    const now = nowOf(row);
    if (now === null) return [];
    const call = nextCall(row, deadlines.get(row.id) ?? [], { now, standard });
    return call ? [{ call, left: call.at - now }] : [];
  });
  return waiting
    .toSorted((a, b) => a.left - b.left)
    .slice(0, CALLS)
    .map(({ call }) => call);
}

function nextCall(
  row: DeskOrderRow,
  deadlines: readonly DeskDeadline[],
  { now, standard }: { readonly now: number; readonly standard: LimitsInForce },
): DeskCall | undefined {
  const order = { level: levelOf(row.level) ?? 'blue', limits: row.limits, scenario: row.scenario };
  const rungs = deadlines
    .filter(({ met_at: met, paused_at: paused }) => met === null && paused === null)
    .flatMap(({ kind, started_at: startedAt, due_at: dueAt, pauses }) => {
      const running = { kind, startedAt, dueAt, pauses };
      const ladder = ladderOf(standard.escalation, spanOf(running, order, standard));
      const rung = ladder[stepAt(ladder, now)];
      return rung ? [{ kind, rung }] : [];
    });
  const next = rungs.toSorted((a, b) => a.rung.at - b.rung.at)[0];
  if (!next) return undefined;
  return {
    order: row.id,
    object: row.object.name,
    at: next.rung.at,
    to: next.rung.recipients.map(recipientText).join('、'),
    reason: rungText(next.kind, next.rung.why),
    replaySession: row.replay_session_id,
  };
}
