import { AppError } from '#base';
import type { commandRoutes, LogLine } from '#contract/command';
import { CALL_OUTCOME_TEXT } from '#model/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadLine, lockLine, type LogRow, showLine } from './log-view.ts';
import { announceLog } from './write-line.ts';

interface Asked<Body> {
  readonly params: { readonly id: number };
  readonly body: Body;
}
type Correct = z.output<typeof commandRoutes.correctLogLine.body>;
type Mark = z.output<typeof commandRoutes.markLogLine.body>;
type Outcome = z.output<typeof commandRoutes.noteCall.body>;

/**
 * Strikes a person's line through, which keeps it to be read, and writes the right one behind it. Throws `record.not-found`,
 * `access.denied`, `duty-log.illegal-action`.
 */
export async function correctLogLine(context: RequestContext, asked: Asked<Correct>): Promise<LogLine> {
  const { params, body } = asked;
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const row = await lockLine(tx, params.id);
    context.authorizeRecord('duty.keep', row);
    if (row.kind === 'system') refuse('更正', '系统记录的行不能改');
    if (row.struck_at !== null) refuse('更正', '这一行已划去');
    const corrected = body.text === undefined ? null : await replace(context, tx, row, body.text);
    await sql`update duty_log set struck_at = ${new Date(context.now())}, struck_by = ${context.actor.name},
      struck_reason = ${body.reason}, corrected_by_id = ${corrected} where id = ${row.id}`.execute(tx);
    await record(context, tx, row, { action: 'duty-log.correct', after: body });
    return showLine(await loadLine(tx, corrected ?? row.id), context.actor);
  });
}

/** Marks a line for the hand-over, or takes the mark away. */
export async function markLogLine(context: RequestContext, asked: Asked<Mark>): Promise<LogLine> {
  const { params, body } = asked;
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const row = await lockLine(tx, params.id);
    context.authorizeRecord('duty.keep', row);
    if (row.struck_at !== null) refuse('标记', '这一行已划去');
    await sql`update duty_log set for_handover = ${body.forHandover} where id = ${row.id}`.execute(tx);
    await record(context, tx, row, { action: 'duty-log.mark', after: body });
    return showLine(await loadLine(tx, row.id), context.actor);
  });
}

/** What became of a call: by whoever made it, or who keeps duty there. */
export async function noteCall(context: RequestContext, asked: Asked<Outcome>): Promise<LogLine> {
  const { params, body } = asked;
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const row = await lockLine(tx, params.id);
    if (row.by_id !== context.actor.accountId) context.authorizeRecord('duty.keep', row);
    if (row.kind !== 'call') refuse('补记通话', '这一行不是电话记录');
    if (row.struck_at !== null) refuse('补记通话', '这一行已划去');
    if (row.outcome !== null) refuse('补记通话', `已记为“${CALL_OUTCOME_TEXT[row.outcome]}”`);
    const note = body.text === undefined || body.text === '' ? '' : `；${body.text}`;
    await sql`update duty_log set outcome = ${body.outcome}, text = text || ${note} where id = ${row.id}`.execute(
      tx,
    );
    await record(context, tx, row, { action: 'duty-log.note-call', after: body });
    return showLine(await loadLine(tx, row.id), context.actor);
  });
}

function refuse(action: string, reason: string): never {
  throw new AppError('duty-log.illegal-action', { action, reason });
}

/** The right line stands beside the struck one: at its moment, with its links, in the name of whoever corrected. */
async function replace(context: RequestContext, tx: Tx, row: LogRow, text: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into duty_log (platform_id, place, scenario, at, kind, text, by, by_id, warning_id, work_order_id, contact_id,
      outcome, for_handover)
    select platform_id, place, scenario, at, kind, ${text}, ${context.actor.name}, ${context.actor.accountId}, warning_id,
      work_order_id, contact_id, outcome, for_handover from duty_log where id = ${row.id} returning id`.execute(
    tx,
  );
  return rows[0]?.id ?? 0;
}

async function record(
  context: RequestContext,
  tx: Tx,
  row: LogRow,
  change: { readonly action: string; readonly after: object },
): Promise<void> {
  const { id, place, scenario, text, outcome, for_handover: forHandover } = row;
  const before = { text, outcome, forHandover };
  await audit(context, tx, { ...change, subject: `duty-log/${id}`, before, place, scenario });
  await announceLog(context, tx, { place, scenario, id, text });
}
