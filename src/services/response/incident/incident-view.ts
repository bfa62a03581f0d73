import type { Incident } from '#contract/response';
import { INCIDENT_GROUND_TEXT, LOOP_ACTION_TEXT, LOOP_TEXT, type LoopAction } from '#model/response';
import { type Loop, LOOPS } from '#model/standard';
import { levelOf } from '#model/warning';
import { accountableLoop, allowedMoves, higher, type LoopActor, type LoopFacts } from '#workflow';

import type { IncidentRow } from './incident-row.ts';
import { postText } from './loop-posts.ts';

export function loopFacts(row: IncidentRow): LoopFacts {
  return {
    state: row.state,
    loop: row.loop,
    taken: row.taken_at !== null,
    second: row.second,
    asked: row.asked_loop,
    closedAt: row.closed_at,
    openOrders: row.figures.openOrders,
    openParts: row.figures.openParts,
  };
}

/** An incident's moment: the wall clock, or for a replayed one its recording's clock. */
export function momentOfIncident(row: IncidentRow, now: number): number {
  return row.replay_session_id === null ? now : Math.max(row.replay_clock ?? row.opened_at, row.opened_at);
}

export function showIncident(row: IncidentRow, actor: LoopActor, now: number): Incident {
  const accountable = accountableLoop(row);
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    level: levelOf(row.level) ?? 'blue',
    loop: row.loop,
    loopText: LOOP_TEXT[row.loop],
    loopSince: row.loop_since,
    state: row.state,
    ground: row.ground,
    groundText: INCIDENT_GROUND_TEXT[row.ground],
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    owner:
      accountable === null
        ? null
        : { post: postText(accountable, row.scenario_name), name: row.taken_by, takenAt: row.taken_at },
    second: row.second === null ? null : postText(row.second, row.scenario_name),
    asked:
      row.asked_loop === null
        ? null
        : { loop: row.asked_loop, by: row.asked_by ?? '', reason: row.asked_reason ?? '' },
    figures: row.figures,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
    version: row.version,
    allowedActions: allowedMoves(loopFacts(row), actor, momentOfIncident(row, now)).map((action) => ({
      action,
      text: LOOP_ACTION_TEXT[action],
      to: [...targets(action, row.loop, actor)],
    })),
  };
}

/** Where an action may lead; whoever does not own the loop raises only into his own hands. */
function targets(action: LoopAction, loop: Loop, actor: LoopActor): readonly Loop[] {
  if (action === 'lower') return LOOPS.slice(0, LOOPS.indexOf(loop));
  if (action === 'ask') return higher(loop);
  if (action !== 'raise') return [];
  const owns = actor.kind === 'person' ? actor.owns : LOOPS;
  return owns.includes(loop) ? higher(loop) : higher(loop).filter((one) => owns.includes(one));
}
