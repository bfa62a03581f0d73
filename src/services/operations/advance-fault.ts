import { AppError } from '#base';
import type { FaultDetail, operationsRoutes } from '#contract/operations';
import {
  FAULT_ACTION_TEXT,
  FAULT_STATE_TEXT,
  type FaultAction,
  type FaultRequirement,
} from '#model/operations';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { advanceFault as decideFault, type FaultAdvance, type FaultOwner } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { faultActor, type FaultRow } from './fault-view.ts';
import { candidatesFor, findFault, loadFaultDetail } from './get-fault.ts';
import { tellFaults } from './tell-faults.ts';

type Body = z.output<typeof operationsRoutes.advanceFault.body>;
type Decided = Extract<FaultAdvance, { kind: 'advanced' }>;

/**
 * Moves a fault one step.
 *
 * Throws `record.not-found`, `record.changed` (another version in between), `fault.illegal-action`, `fault.not-yours`,
 * `fault.requirement-missing`, `input.invalid` (an owner who does not handle faults there).
 */
export async function advanceFault(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<FaultDetail> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => {
    const { id } = params;
    // Two people who act at once act one after the other.
    await sql`select from fault where id = ${id} for update`.execute(tx);
    const fault = await findFault(context, tx, id);
    if (body.version !== undefined && body.version !== fault.version) throw new AppError('record.changed');
    const at = context.now();
    const step = { action: body.action, at, note: body.note, owner: await ownerOf(tx, fault, body) };
    const decided = decide(context, fault, step);
    await save(tx, fault, { step, decided, by: context.actor.name });
    await audit(context, tx, {
      action: `fault.${body.action}`,
      subject: `fault/${fault.code}`,
      place: fault.place,
      scenario: fault.scenarios[0] ?? null,
      before: { state: fault.state, owner: fault.owner_id, unit: fault.owner_unit },
      after: {
        state: decided.state,
        owner: decided.owner.account,
        unit: decided.owner.unit,
        note: body.note,
      },
    });
    await tellFaults(tx, 'fault.changed', at, [{ ...fault, state: decided.state }]);
    return loadFaultDetail(context, tx, id);
  });
}

interface Step {
  readonly action: FaultAction;
  readonly at: number;
  readonly note: string | undefined;
  readonly owner: FaultOwner | undefined;
}

/** Only whoever handles faults there can be given one; a unit is named as it is. */
async function ownerOf(tx: Tx, fault: FaultRow, { owner }: Body): Promise<FaultOwner | undefined> {
  if (owner === undefined) return undefined;
  const { username, unit = null } = owner;
  if (username === undefined) return { account: null, unit };
  const found = (await candidatesFor(tx, fault)).find((one) => one.username === username);
  if (!found) throw new AppError('input.invalid', { issues: `${username} 不在这里处理故障，不能派给` });
  return { account: found.id, unit };
}

function decide(context: RequestContext, fault: FaultRow, step: Step): Decided {
  const facts = {
    kind: fault.kind,
    state: fault.state,
    owner: { account: fault.owner_id, unit: fault.owner_unit },
    dueAt: fault.due_at,
  };
  const decided = decideFault(facts, step, faultActor(context, fault));
  if (decided.kind === 'refused') throw refusal(decided, fault, step.action);
  return decided;
}

const REQUIREMENT_TEXT: Readonly<Record<FaultRequirement, string>> = { note: '说明', owner: '派给谁' };

function refusal(
  refused: Extract<FaultAdvance, { kind: 'refused' }>,
  fault: FaultRow,
  action: FaultAction,
): AppError {
  switch (refused.code) {
    case 'illegal-action':
      return new AppError('fault.illegal-action', {
        state: FAULT_STATE_TEXT[fault.state],
        action: FAULT_ACTION_TEXT[action],
        allowed: refused.allowed.map((one) => FAULT_ACTION_TEXT[one]).join('、') || '（您现在没有可做的）',
      });
    case 'not-yours':
      return new AppError('fault.not-yours', { action: FAULT_ACTION_TEXT[action] });
    case 'requirement-missing':
      return new AppError('fault.requirement-missing', {
        missing: refused.missing.map((one) => REQUIREMENT_TEXT[one]).join('、'),
        requirements: refused.missing,
      });
    default:
      return refused satisfies never;
  }
}

async function save(
  tx: Tx,
  fault: FaultRow,
  { step, decided, by }: { readonly step: Step; readonly decided: Decided; readonly by: string },
): Promise<void> {
  const moment = new Date(step.at);
  await tx
    .updateTable('fault')
    .set({
      state: decided.state,
      owner_id: decided.owner.account,
      owner_unit: decided.owner.unit,
      due_at: new Date(decided.dueAt),
      version: fault.version + 1,
      ...(step.action === 'resolve' ? { resolved_at: moment, resolved_by: by } : {}),
      ...(step.action === 'close' ? { closed_at: moment } : {}),
      ...(step.action === 'reopen'
        ? { resolved_at: null, resolved_by: null, returned: fault.returned + 1 }
        : {}),
    })
    .where('id', '=', fault.id)
    .execute();
  await tx
    .insertInto('fault_entry')
    .values({
      fault_id: fault.id,
      place: fault.place,
      scenarios: [...fault.scenarios],
      at: moment,
      by,
      kind: step.action,
      text: await entryText(tx, step.action, decided.owner),
      note: step.note?.trim() || null,
    })
    .execute();
}

async function entryText(tx: Tx, action: FaultAction, { account, unit }: FaultOwner): Promise<string> {
  if (action !== 'assign') return FAULT_ACTION_TEXT[action];
  const person =
    account === null
      ? undefined
      : await tx.selectFrom('account_name').select('name').where('id', '=', account).executeTakeFirst();
  return `派给${[person?.name, unit].filter((one) => one !== null && one !== undefined).join('、')}`;
}
