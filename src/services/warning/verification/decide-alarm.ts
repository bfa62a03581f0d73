import { AppError } from '#base';
import type { verificationRoutes, Verification } from '#contract/warning';
import { falseAlarmText, type FalseAlarmReason, type Level, LEVEL_TEXT, rankOf } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { levelFault, rungAt } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { lockVerification, type VerificationRow } from './lock-verification.ts';
import { tellVerifications, toldOf } from './tell-verifications.ts';
import { loadVerification } from './verification-view.ts';

interface Asked<Body> {
  readonly params: { readonly id: number };
  readonly body: Body;
}

/**
 * 确认为预警: a person has verified it. The level may be lowered; raised above what the signs say only with a reason.
 * Throws as {@link lockVerification}, and `verification.level-refused`.
 */
export async function confirmAlarm(
  context: RequestContext,
  { params, body }: Asked<z.output<typeof verificationRoutes.confirmAlarm.body>>,
): Promise<Verification> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const row = await lockVerification(context, tx, params.id);
    const { level, note, reason } = body;
    const fault = levelFault(row.standing, level, reason);
    if (fault !== undefined) throw new AppError('verification.level-refused', { fault });
    const by = context.actor.name;
    const text = confirmedText(by, { row, level, note, reason });
    await decide(context, tx, row, {
      decision: 'confirmed',
      given_level: rankOf(level),
      note: [note, reason].filter(Boolean).join('；'),
      text,
    });
    await releaseAlarms(tx, sql`h.kind = 'verify' and h.alarm_id = ${row.alarm}`, {
      at: context.now(),
      why: text,
    });
    return loadVerification(context, tx, row.id);
  });
}

function confirmedText(
  by: string,
  given: {
    readonly row: VerificationRow;
    readonly level: Level;
    readonly note: string;
    readonly reason: string | undefined;
  },
): string {
  const { row, level, note, reason } = given;
  const changed = rankOf(level) === row.standing ? '' : `，定为${LEVEL_TEXT[level]}`;
  return `${by} 已核实${changed}：${[note, reason].filter(Boolean).join('；')}`;
}

/**
 * 误报: it was none. It does not become a warning while it stands at this level; a worse one is asked anew. A broken sensor becomes
 * a fault. Throws as {@link lockVerification}.
 */
export async function refuseAlarm(
  context: RequestContext,
  { params, body }: Asked<z.output<typeof verificationRoutes.refuseAlarm.body>>,
): Promise<Verification> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const row = await lockVerification(context, tx, params.id);
    const { reason, note } = body;
    const text = `${context.actor.name} 核实为${falseAlarmText(reason, note)}`;
    await decide(context, tx, row, { decision: 'refused', false_alarm: reason, note: note ?? null, text });
    await keepBack(tx, row, { at: context.now(), text });
    await tellFalseAlarm(context, tx, row, { reason, text });
    return loadVerification(context, tx, row.id);
  });
}

/** From "waits for a person" to "held because a person said so", without a moment between in which it could slip through. */
async function keepBack(
  tx: Tx,
  row: VerificationRow,
  { at, text }: { readonly at: number; readonly text: string },
): Promise<void> {
  await sql`update alarm_hold set ended_at = ${new Date(at)}, ended_why = ${text}
    where alarm_id = ${row.alarm} and kind = 'verify' and ended_at is null`.execute(tx);
  await tx
    .insertInto('alarm_hold')
    .values({
      alarm_id: row.alarm,
      kind: 'suppressed',
      held_by: `verification/${row.id}`,
      level: row.level,
      place: row.place,
      scenario: row.scenario,
      reason: `${text}；恢复前不再成为预警，升级再核实`,
      held_at: new Date(at),
    })
    .execute();
}

async function tellFalseAlarm(
  context: RequestContext,
  tx: Tx,
  row: VerificationRow,
  said: { readonly reason: FalseAlarmReason; readonly text: string },
): Promise<void> {
  await announce(tx, [
    {
      type: 'alarm.refused',
      at: context.now(),
      place: row.place,
      scenario: row.scenario,
      payload: { id: row.alarm, point: row.point, by: context.actor.name, ...said },
    },
  ]);
}

/**
 * 补充材料: a person needs to know more before they decide, once, and says what; the limit moves with it.
 * Throws as {@link lockVerification}, and `verification.asked-already`.
 */
export async function askMore(
  context: RequestContext,
  { params, body }: Asked<z.output<typeof verificationRoutes.askMore.body>>,
): Promise<Verification> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const row = await lockVerification(context, tx, params.id);
    if (row.moreAt !== null) throw new AppError('verification.asked-already');
    const now = context.now();
    const dueAt = Math.max(row.dueAt, now + body.minutes * 60_000);
    const next = new Date(Math.max(now, rungAt({ askedAt: row.askedAt, dueAt }, row.step)));
    await tx
      .updateTable('verification')
      .set({
        more_note: body.note,
        more_by: context.actor.name,
        more_at: new Date(now),
        due_at: new Date(dueAt),
        next_at: next,
      })
      .where('id', '=', row.id)
      .execute();
    const text = `${context.actor.name} 要求补充：${body.note}，时限延至 ${body.minutes} 分钟后`;
    await audit(context, tx, {
      action: 'verification.more',
      subject: `verification/${row.id}`,
      place: row.place,
      scenario: row.scenario,
      after: body,
    });
    await tellVerifications(tx, 'asked', now, [toldOf({ ...row, text })]);
    return loadVerification(context, tx, row.id);
  });
}

interface Decision {
  readonly decision: 'confirmed' | 'refused';
  readonly given_level?: number;
  readonly false_alarm?: FalseAlarmReason;
  readonly note: string | null;
  readonly text: string;
}

async function decide(
  context: RequestContext,
  tx: Tx,
  row: VerificationRow,
  { text, ...columns }: Decision,
): Promise<void> {
  const now = context.now();
  await tx
    .updateTable('verification')
    .set({
      ...columns,
      signs_level: row.standing,
      decided_by: context.actor.name,
      decided_at: new Date(now),
      next_at: null,
    })
    .where('id', '=', row.id)
    .execute();
  await audit(context, tx, {
    action: `verification.${columns.decision}`,
    subject: `verification/${row.id}`,
    place: row.place,
    scenario: row.scenario,
    before: { alarm: row.alarm, level: row.standing },
    after: columns,
  });
  await tellVerifications(tx, 'decided', now, [toldOf({ ...row, text })]);
}
