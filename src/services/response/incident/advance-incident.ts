import { AppError } from '#base';
import type { IncidentDetail, incidentRoutes } from '#contract/response';
import { LOOP_ACTION_TEXT, LOOP_TEXT } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import { type LoopMoved, type LoopRequirement, type LoopParty, moveLoop } from '#workflow';
import type { z } from 'zod';

import { callParts } from './call-parts.ts';
import { incidentDetailOf } from './get-incident.ts';
import { type IncidentRow, lockIncident } from './incident-row.ts';
import { loopFacts, momentOfIncident } from './incident-view.ts';
import { loopActors, postText } from './loop-posts.ts';
import { saveLoop } from './save-loop.ts';
import { tellIncidents } from './tell-incidents.ts';

type AdvanceRequest = z.output<typeof incidentRoutes.advanceIncident.body>;
type Moved = Extract<LoopMoved, { kind: 'moved' }>;

/** Moves the loop of an incident: signing, raising, asking, lowering, closing, reopening. Throws `incident.…` refusals. */
export async function advanceIncident(
  context: RequestContext,
  id: number,
  request: AdvanceRequest,
): Promise<IncidentDetail> {
  context.authorize(request.action === 'ask' ? 'work-order.dispose' : 'incident.lead');
  return context.transaction(async (tx) => {
    const hands = [context.actor.accountId, ...context.actor.rights.principals];
    const row = await lockIncident(tx, hands, id);
    if (request.version !== undefined && request.version !== row.version)
      throw new AppError('record.changed');
    const at = momentOfIncident(row, context.now());
    const actor = (await loopActors(tx, context.actor))(row);
    const moved = moveLoop(loopFacts(row), { ...request, at }, actor);
    if (moved.kind === 'refused') throw refusal(moved, row, request);
    const by = context.actor.name;
    await saveLoop(tx, row, moved, { ...request, at, by: { id: context.actor.accountId, name: by } });
    const reason = request.reason?.trim() ?? null;
    const line = { incident: id, at, by, kind: request.action, note: reason, answers: row.asked_by_id };
    await tellIncidents(tx, 'incident.changed', [
      { ...line, text: moveText(request, row, moved) },
      ...(moved.loop === 'large' && row.loop !== 'large' ? await callParts(tx, [id], { at, by }) : []),
    ]);
    await audit(context, tx, {
      action: `incident.${request.action}`,
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      before: { state: row.state, loop: row.loop, taken: row.taken_at !== null },
      after: { state: moved.state, loop: moved.loop, taken: moved.taken, second: moved.second, reason },
    });
    return incidentDetailOf(context, tx, id);
  });
}

function moveText({ action, to }: AdvanceRequest, row: IncidentRow, moved: Moved): string {
  if (to === undefined || !['raise', 'lower', 'ask'].includes(action)) return LOOP_ACTION_TEXT[action];
  const owner = postText(to, row.scenario_name);
  const stands =
    moved.second === null ? '' : `，${postText(moved.second, row.scenario_name)}在其签字前继续负责协助`;
  return action === 'ask'
    ? `请求升级为${LOOP_TEXT[to]}`
    : `${LOOP_TEXT[row.loop]}${action === 'raise' ? '升级' : '降级'}为${LOOP_TEXT[to]}，由${owner}负责${stands}`;
}

const MISSING_TEXT: Readonly<Record<LoopRequirement, string>> = {
  reason: '理由',
  to: '升到或降到哪一级闭环',
  orders: '工单全部结案，或移出事件',
  parts: '参与单位全部办结或免办',
};

const PARTY_TEXT: Readonly<Record<LoopParty, string>> = {
  owner: '这一级闭环的责任方',
  upper: '上一级闭环的责任方',
  closer: '这一级闭环的结案人',
  holder: '事件中工单的处置人员',
  rule: '系统规则',
};

function refusal(
  refused: Extract<LoopMoved, { kind: 'refused' }>,
  row: IncidentRow,
  { action }: AdvanceRequest,
): AppError {
  switch (refused.code) {
    case 'illegal-action':
      return new AppError('incident.illegal-action', {
        state: row.state === 'closed' ? '已结案' : `${LOOP_TEXT[row.loop]}处置中`,
        action: LOOP_ACTION_TEXT[action],
        allowed: refused.allowed.map((one) => LOOP_ACTION_TEXT[one]).join('、') || '（您现在没有可做的）',
      });
    case 'not-yours':
      return new AppError('incident.not-yours', { who: PARTY_TEXT[refused.waitsFor] });
    case 'requirement-missing':
      return new AppError('incident.requirement-missing', {
        missing: refused.missing.map((one) => MISSING_TEXT[one]).join('、'),
      });
    default:
      return refused satisfies never;
  }
}
