import { AppError } from '#base';
import type { verificationRoutes, Warning } from '#contract/warning';
import { falseAlarmText, WARNING_STATE_TEXT } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadWarnings, showWarning } from '../warning-view.ts';

/**
 * 判定误报: the warning was none. Its order takes the verdict by the event, a broken sensor becomes a fault; the warning goes its
 * usual way to normal and closed. Throws `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function judgeWarning(
  context: RequestContext,
  {
    params,
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof verificationRoutes.judgeWarning.body>;
  },
): Promise<Warning> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const { id } = params;
    const { place, scenario, level } = await lockUndecided(context, tx, id);
    const at = new Date(context.now());
    const by = context.actor.name;
    const { reason, note = null } = body;
    const text = falseAlarmText(reason, note);
    await tx
      .updateTable('warning')
      .set({ false_alarm: reason, false_alarm_note: note, judged_by: by, judged_at: at, told_at: at })
      .where('id', '=', id)
      .execute();
    await tx
      .insertInto('warning_change')
      .values({
        warning_id: id,
        place,
        scenario,
        at,
        by,
        change: 'judged',
        from_level: level,
        to_level: level,
        reason: text,
      })
      .execute();
    await audit(context, tx, {
      action: 'warning.judged',
      subject: `warning/${id}`,
      place,
      scenario,
      after: body,
    });
    const point = await pointBehind(tx, id);
    const payload = { id, reason, text, by, ...(point === undefined ? {} : { point }) };
    await announce(tx, [{ type: 'warning.judged', at: at.getTime(), place, scenario, payload }]);
    const [row] = await loadWarnings(tx, sql`where w.id = ${id}`, context.now());
    if (!row) throw new AppError('record.not-found', { what: '预警', id: String(id) });
    return showWarning(row, context.actor);
  });
}

async function lockUndecided(context: RequestContext, tx: Tx, id: number) {
  const found = await tx
    .selectFrom('warning')
    .select(['place', 'scenario', 'state', 'level', 'false_alarm'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '预警', id: String(id) });
  context.authorizeRecord('warning.decide', found);
  if (found.state === 'closed' || found.false_alarm !== null) {
    const state = found.false_alarm === null ? WARNING_STATE_TEXT[found.state] : '已判定误报';
    throw new AppError('warning.illegal-action', { state, action: '判定误报' });
  }
  return found;
}

/** The point of the first alarm it rests on: what is to be mended, should it be the sensor. */
async function pointBehind(tx: Tx, id: number): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select p.code from warning_evidence e join alarm a on a.id = e.alarm_id join point p on p.id = a.point_id
    where e.warning_id = ${id} order by e.level desc, a.raised_at, a.id limit 1`.execute(tx);
  return rows[0]?.code;
}
