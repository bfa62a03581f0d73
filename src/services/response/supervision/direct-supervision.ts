import { AppError, momentText } from '#base';
import type { SupervisionDetail } from '#contract/response';
import { SUPERVISION_KIND_TEXT } from '#model/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { limitsInForce } from '../standard-in-force.ts';
import { noteSupervision, type SupervisionDeed } from './note-supervision.ts';
import { standingAt } from './supervision-ladder.ts';
import { loadSupervision, loadSupervisions, type SupervisionRow } from './supervision-view.ts';

/** What an act needs of the one it is done to, and what it writes: columns, and its line. */
interface Act {
  readonly from: readonly SupervisionRow['state'][];
  readonly kind: SupervisionDeed['kind'];
  readonly text: string;
  readonly set: (row: SupervisionRow, now: number) => Promise<RawBuilder<unknown>> | RawBuilder<unknown>;
}

/** The unit answers. Late is late, also when no round marked it. Throws `record.not-found`, `supervision.not-open`. */
export function answerSupervision(
  context: RequestContext,
  id: number,
  { answer }: { readonly answer: string },
): Promise<SupervisionDetail> {
  const { accountId, name } = context.actor;
  return act(context, { id, capability: 'supervision.answer' }, (_tx) => ({
    from: ['open'],
    kind: 'answered',
    text: `答复：${answer}`,
    set: (
      _,
      now,
    ) => sql`state = 'answered', answer = ${answer}, answered_at = ${new Date(now)}, answered_by_id = ${accountId},
      answered_by = ${name}, next_at = null,
      overdue_at = coalesce(overdue_at, case when answer_by < ${new Date(now)} then answer_by end)`,
  }));
}

/** The moment is put off, with a reason. Throws `record.not-found`, `supervision.not-open`, `input.invalid`. */
export function extendSupervision(
  context: RequestContext,
  id: number,
  request: { readonly answerBy: number; readonly reason: string },
): Promise<SupervisionDetail> {
  return act(context, { id, capability: 'supervision.issue' }, (tx) => ({
    from: ['open'],
    kind: 'extended',
    text: `延期至 ${momentText(request.answerBy)}：${request.reason}`,
    set: async (row, now) => sql`${await span(tx, row, { ...request, now })}, extended = extended + 1`,
  }));
}

/** The answer will not do; it is asked for anew. Throws `record.not-found`, `supervision.not-open`, `input.invalid`. */
export function returnSupervision(
  context: RequestContext,
  id: number,
  request: { readonly answerBy: number; readonly reason: string },
): Promise<SupervisionDetail> {
  return act(context, { id, capability: 'supervision.issue' }, (tx) => ({
    from: ['answered'],
    kind: 'returned',
    text: `退回重新答复，${momentText(request.answerBy)} 前：${request.reason}`,
    set: async (row, now) =>
      sql`${await span(tx, row, { ...request, now })}, state = 'open', answered_at = null, answered_by_id = null, answered_by = null`,
  }));
}

/** The office is content, or asks no longer. Throws `record.not-found`, `supervision.not-open`. */
export function closeSupervision(
  context: RequestContext,
  id: number,
  { note }: { readonly note?: string | undefined },
): Promise<SupervisionDetail> {
  const { name } = context.actor;
  return act(context, { id, capability: 'supervision.issue' }, (_tx) => ({
    from: ['open', 'answered'],
    kind: 'closed',
    text: note === undefined || note === '' ? '办结' : `办结：${note}`,
    set: (_, now) => sql`state = 'closed', closed_at = ${new Date(now)}, closed_by = ${name}, next_at = null`,
  }));
}

/** Another moment, and where that puts it on its ladder. */
async function span(
  tx: Tx,
  { issued_at: issuedAt }: SupervisionRow,
  { now, answerBy }: { readonly now: number; readonly answerBy: number },
): Promise<RawBuilder<unknown>> {
  if (answerBy <= now) throw new AppError('input.invalid', { issues: '答复时限须晚于现在' });
  const { escalation } = await limitsInForce(tx, now);
  const { step, nextAt } = standingAt(escalation, { issuedAt, answerBy }, now);
  return sql`answer_by = ${new Date(answerBy)}, step = ${step}, next_at = ${new Date(nextAt)}`;
}

interface Aim {
  readonly id: number;
  readonly capability: 'supervision.issue' | 'supervision.answer';
}

async function act(
  context: RequestContext,
  { id, capability }: Aim,
  decide: (tx: Tx) => Act,
): Promise<SupervisionDetail> {
  context.authorize(capability);
  return context.transaction(async (tx) => {
    await sql`select from supervision where id = ${id} for update`.execute(tx);
    const [row] = await loadSupervisions(tx, sql`where s.id = ${id}`);
    if (!row) throw new AppError('record.not-found', { what: '督办', id });
    const { from, kind, text, set } = decide(tx);
    context.authorizeRecord(capability, row);
    if (!from.includes(row.state))
      throw new AppError('supervision.not-open', {
        kind: SUPERVISION_KIND_TEXT[row.kind],
        state: STATE_TEXT[row.state],
      });
    const now = context.now();
    await sql`update supervision set ${await set(row, now)}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    await noteSupervision(tx, context, row, { kind, text, at: now });
    return loadSupervision(context, tx, id);
  });
}

const STATE_TEXT: Readonly<Record<SupervisionRow['state'], string>> = {
  open: '待答复',
  answered: '已答复',
  closed: '已办结',
};
