import { AppError } from '#base';
import type { OwnLimit, ownLimitRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeOwnLimit, lockOwnLimit } from './change-own-limit.ts';
import { loadOwnLimits, type OwnLimitRow } from './own-limit-view.ts';
import { refuseOwnFaults } from './propose-own-limit.ts';
import { signsInForce } from './sign-at-moment.ts';

type Approve = typeof ownLimitRoutes.approveOwnLimit;
type Refuse = typeof ownLimitRoutes.refuseOwnLimit;
type End = typeof ownLimitRoutes.endOwnLimit;

/**
 * Approves an own limit by the standard as it is now; it holds at once, in place of the one before. Throws `record.not-found`,
 * `access.denied`, `record.changed`, `standard.illegal-action`, `access.same-person`, `standard.own-limit-refused`.
 */
export async function approveOwnLimit(
  context: RequestContext,
  {
    params,
    body,
  }: { readonly params: z.output<Approve['params']>; readonly body: z.output<Approve['body']> },
): Promise<OwnLimit> {
  context.authorize('object.approve');
  const at = new Date(context.now());
  return context.transaction(async (tx) => {
    const row = await lockOwnLimit(context, tx, { id: params.id, version: body.version, action: 'approve' });
    await checkAgain(tx, row, context.now());
    for (const before of await loadOwnLimits(
      tx,
      sql`where l.object_id = ${row.object.id} and l.sign_code = ${row.sign_code} and l.state = 'in-force' for update of l`,
    ))
      await changeOwnLimit(context, tx, before, {
        verb: 'replace',
        set: sql`state = 'ended', over_at = ${at}, over_by = ${context.actor.accountId}, over_why = '由新的专用限值代替'`,
      });
    return changeOwnLimit(context, tx, row, {
      verb: 'approve',
      set: sql`state = 'in-force', decided_by = ${context.actor.accountId}, decided_at = ${at},
        decision_note = ${body.note || null}`,
    });
  });
}

/** Between asking and approving the standard, the parameters or the time may have moved on. */
async function checkAgain(tx: Tx, row: OwnLimitRow, now: number): Promise<void> {
  if (row.valid_until !== null && row.valid_until <= now)
    throw new AppError('standard.own-limit-refused', { faults: '有效期已过' });
  const sign = (await signsInForce(tx, [row.sign_code], now)).get(row.sign_code);
  if (!sign) throw new AppError('standard.own-limit-refused', { faults: '现行标准里已没有这个体征' });
  const { rows } = await sql<{ parameters: Readonly<Record<string, number>> }>`
    select parameters from monitored_object where id = ${row.object.id}`.execute(tx);
  refuseOwnFaults(sign, row.body, rows[0]?.parameters ?? {});
}

/** Throws as `approveOwnLimit` does. */
export async function refuseOwnLimit(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Refuse['params']>; readonly body: z.output<Refuse['body']> },
): Promise<OwnLimit> {
  context.authorize('object.approve');
  return context.transaction(async (tx) => {
    const row = await lockOwnLimit(context, tx, { id: params.id, version: body.version, action: 'refuse' });
    return changeOwnLimit(context, tx, row, {
      verb: 'refuse',
      set: sql`state = 'refused', decided_by = ${context.actor.accountId}, decided_at = ${new Date(context.now())},
        decision_note = ${body.note}`,
    });
  });
}

/** Ends an own limit that holds, or takes back one that was asked for. Throws as `approveOwnLimit` does. */
export async function endOwnLimit(
  context: RequestContext,
  { params, body }: { readonly params: z.output<End['params']>; readonly body: z.output<End['body']> },
): Promise<OwnLimit> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const row = await lockOwnLimit(context, tx, { id: params.id, version: body.version, action: 'end' });
    return changeOwnLimit(context, tx, row, {
      verb: 'end',
      set: sql`state = 'ended', over_at = ${new Date(context.now())}, over_by = ${context.actor.accountId},
        over_why = ${body.reason}`,
    });
  });
}
