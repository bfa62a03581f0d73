import { AppError, momentText } from '#base';
import type { closureRoutes, ClosureSample } from '#contract/response';
import { CLOSURE_REMEDY_TEXT } from '#model/response';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { missingForFailure } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { checkedText } from '../order-text.ts';
import { stateText } from '../order-view.ts';
import { insertSupervision } from '../supervision/insert-supervision.ts';
import { noteSupervision } from '../supervision/note-supervision.ts';
import { noticePlatform } from './notice-platform.ts';
import { loadSamples, type SampleRow, showSample } from './sample-view.ts';

type Check = z.output<typeof closureRoutes.checkClosureSample.body>;

/**
 * 抽查 of a closed record by somebody who neither handled nor reviewed it: it passes, or it does not, with what has to be mended; then
 * the responsible unit is asked to answer by a moment (整改通知) in the same transaction.
 *
 * Throws `record.not-found`, `access.denied`, `closure-sample.checked`, `closure-sample.own-work`, `closure-sample.order-open`,
 * `closure-sample.incomplete`.
 */
export async function checkSample(context: RequestContext, id: number, check: Check): Promise<ClosureSample> {
  context.authorize('supervision.issue');
  return context.transaction(async (tx) => {
    const row = await lockSample(tx, context, id);
    context.authorizeRecord('supervision.issue', row);
    refuse(row);
    const now = context.now();
    if (!check.passed) {
      const missing = missingForFailure(check, { closedAt: row.closed_at }, now);
      if (missing.length > 0)
        throw new AppError('closure-sample.incomplete', { missing: missing.join('、') });
    }
    await save(tx, context, row, check);
    if (!check.passed) await sendNotice(tx, context, row, check);
    return showSample(context, await loadOne(tx, context, id));
  });
}

/** The order is held too: nobody reopens it meanwhile. */
async function lockSample(tx: Tx, context: RequestContext, id: number): Promise<SampleRow> {
  await sql`select from closure_sample s join work_order o on o.id = s.work_order_id where s.id = ${id} for update`.execute(
    tx,
  );
  return loadOne(tx, context, id);
}

async function loadOne(tx: Tx, context: RequestContext, id: number): Promise<SampleRow> {
  const [row] = await loadSamples(tx, context.actor, sql`where s.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '抽查', id });
  return row;
}

function refuse(row: SampleRow): void {
  const { code: order, checked_by: by } = row;
  if (row.passed !== null) throw new AppError('closure-sample.checked', { order, by: by ?? '' });
  if (row.own) throw new AppError('closure-sample.own-work', { order });
  if (row.state !== 'closed') {
    const state = stateText({ ...row, merged_into: null, waived: false });
    throw new AppError('closure-sample.order-open', { order, state });
  }
}

async function save(tx: Tx, context: RequestContext, row: SampleRow, check: Check): Promise<void> {
  const { place, scenario, order_id: order } = row;
  const { accountId, name } = context.actor;
  const at = context.now();
  const { passed, remedy } = check;
  const reason = check.reason === '' ? undefined : check.reason;
  const mend = passed ? undefined : check.mend;
  await sql`update closure_sample set passed = ${passed}, reason = ${reason ?? null}, mend = ${mend ?? null},
      remedy = ${passed ? null : (remedy ?? null)}, checked_at = ${new Date(at)}, checked_by = ${name}, checked_by_id = ${accountId}
    where id = ${row.id}`.execute(tx);
  const text = checkedText({ passed, reason, mend, remedy: passed ? undefined : remedy });
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text)
    values (${order}, ${place}, ${scenario}, ${new Date(at)}, ${name}, 'checked', ${text})`.execute(tx);
  await audit(context, tx, {
    action: 'closure-sample.checked',
    subject: `work-order/${row.code}`,
    place,
    scenario,
    after: { passed, reason, mend, remedy: passed ? undefined : remedy },
  });
  const payload = { id: row.id, order, code: row.code, passed, text };
  await announce(tx, [{ type: 'closure-sample.checked', at, place, scenario, payload }]);
}

/** What did not pass is asked about: what is wrong, what has to be mended and how, until when. */
async function sendNotice(tx: Tx, context: RequestContext, row: SampleRow, check: Check): Promise<void> {
  const { reason = '', mend = '', remedy = 'notice', answerBy = 0 } = check;
  const platform = await noticePlatform(tx, context, row);
  const asked = `结案质量抽查不合格：${reason}。整改要求（${CLOSURE_REMEDY_TEXT[remedy]}）：${mend}`;
  const key = `closure-sample:${row.id}`;
  const made = await insertSupervision(tx, context, { platform, asked, answerBy, key, sample: row.id });
  if (made === undefined) throw new AppError('closure-sample.checked', { order: row.code, by: '' });
  await sql`insert into supervision_order (supervision_id, work_order_id, place, scenario)
    values (${made.id}, ${row.order_id}, ${row.place}, ${row.scenario})`.execute(tx);
  const text = `${asked}（${momentText(answerBy)} 前答复）`;
  await noteSupervision(tx, context, made, { kind: 'issued', text, at: context.now() });
}
