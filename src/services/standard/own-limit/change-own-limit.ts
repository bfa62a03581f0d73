import { AppError } from '#base';
import type { OwnLimit, OwnLimitAction, OwnLimitState } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { isOwn, loadOwnLimits, OWN_LIMIT_RULES, type OwnLimitRow, showOwnLimit } from './own-limit-view.ts';

const STATE_TEXT: Readonly<Record<OwnLimitState, string>> = {
  proposed: '待审批',
  'in-force': '有效',
  refused: '已退回',
  ended: '已结束',
  off: '已停用',
};

/** Throws `record.not-found` for one that is not there or out of reach. */
export async function findOwnLimit(tx: Tx, id: number): Promise<OwnLimitRow> {
  const [row] = await loadOwnLimits(tx, sql`where l.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '对象专用限值', id: String(id) });
  return row;
}

/**
 * The own limit, held until this transaction ends, when the action may be done with it by who asks. Throws `record.not-found`,
 * `access.denied`, `record.changed`, `standard.illegal-action`, `access.same-person`.
 */
export async function lockOwnLimit(
  context: RequestContext,
  tx: Tx,
  asked: { readonly id: number; readonly version: number; readonly action: OwnLimitAction },
): Promise<OwnLimitRow> {
  const { capability, from, text } = OWN_LIMIT_RULES[asked.action];
  await sql`select from own_limit l where l.id = ${asked.id} for update`.execute(tx);
  const row = await findOwnLimit(tx, asked.id);
  context.authorizeRecord(capability, row);
  if (row.version !== asked.version) throw new AppError('record.changed');
  if (!from.includes(row.state))
    throw new AppError('standard.illegal-action', { state: STATE_TEXT[row.state], action: text });
  if (capability === 'object.approve' && isOwn(context, row)) throw new AppError('access.same-person');
  return row;
}

/** Writes a change of an own limit with its audit row and its event; gives it as it stands then. */
export async function changeOwnLimit(
  context: RequestContext,
  tx: Tx,
  row: OwnLimitRow,
  { verb, set }: { readonly verb: OwnLimitAction | 'replace'; readonly set: RawBuilder<unknown> },
): Promise<OwnLimit> {
  await sql`update own_limit set ${set}, version = version + 1 where id = ${row.id}`.execute(tx);
  const after = await findOwnLimit(tx, row.id);
  const { place, scenario } = row;
  await audit(context, tx, {
    action: `own-limit.${verb}`,
    subject: subjectOf(row),
    before: { state: row.state },
    after: told(after),
    place,
    scenario,
  });
  await announce(tx, [changed(after, context.now(), [row.state, after.state].includes('in-force'))]);
  return showOwnLimit(context, after);
}

export function subjectOf({ id }: Pick<OwnLimitRow, 'id'>): string {
  return `own-limit/${id}`;
}

/** What the audit tells of one. */
export function told({
  object,
  sign_code,
  body,
  state,
  reason,
  decision_note,
  over_why,
}: OwnLimitRow): object {
  return {
    object: object.code,
    sign: sign_code,
    limits: body,
    state,
    reason,
    note: decision_note,
    why: over_why,
  };
}

/** `judged`: the object is judged by other limits than before. */
export function changed(
  { id, place, scenario, state, object }: Pick<OwnLimitRow, 'id' | 'place' | 'scenario' | 'state' | 'object'>,
  at: number,
  judged: boolean,
) {
  const payload = { id, state, object: object.id, judgedAnew: judged ? [object.id] : [] };
  return { type: 'own-limit.changed', at, place, scenario, payload };
}
