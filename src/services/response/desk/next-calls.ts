import type { DeskCall } from '#contract/command';
import type { Tx } from '#storage';

import { type NextCall, nextCall } from '../next-call.ts';
import { recipientText, rungText } from '../order-text.ts';
import { limitsInForce } from '../standard-in-force.ts';
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
    return call ? [{ call: callOf(row, call), left: call.at - now }] : [];
  });
  return waiting
    .toSorted((a, b) => a.left - b.left)
    .slice(0, CALLS)
    .map(({ call }) => call);
}

function callOf(row: DeskOrderRow, { at, kind, rung }: NextCall): DeskCall {
  return {
    order: row.id,
    object: row.object.name,
    at,
    to: rung.recipients.map(recipientText).join('、'),
    reason: rungText(kind, rung.why),
    replaySession: row.replay_session_id,
  };
}
