import { AppError } from '#base';
import type { verificationRoutes, Warning } from '#contract/warning';
import { falseAlarmText, WARNING_STATE_TEXT } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { keepChanges } from './keep-changes.ts';
import { lockWarning, type LockedWarning, shownWarning } from './lock-warning.ts';

/**
 * 判定误报: the warning was none. Its order takes the verdict by the event, a broken sensor becomes a fault; the warning goes its
 * usual way to normal and closed. Throws `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function judgeWarning(
  context: RequestContext,
  {
    params: { id },
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof verificationRoutes.judgeWarning.body>;
  },
): Promise<Warning> {
  const capability = 'warning.decide';
  context.authorize(capability);
  return context.transaction(async (tx) => {
    const found = await lockWarning(context, tx, { id, capability });
    refuseDecided(found);
    const at = new Date(context.now());
    const by = context.actor.name;
    const { reason, note = null } = body;
    const text = falseAlarmText(reason, note);
    await tx
      .updateTable('warning')
      .set({ false_alarm: reason, false_alarm_note: note, judged_by: by, judged_at: at, told_at: at })
      .where('id', '=', id)
      .execute();
    await keepChanges(context, tx, { acted: [found], change: 'judged', text });
    const { place, scenario } = found;
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
    return shownWarning(context, tx, id);
  });
}

function refuseDecided({ state, false_alarm }: LockedWarning): void {
  if (state !== 'closed' && false_alarm === null) return;
  throw new AppError('warning.illegal-action', {
    state: false_alarm === null ? WARNING_STATE_TEXT[state] : '已判定误报',
    action: '判定误报',
  });
}

/** The point of the first alarm it rests on: what is to be mended, should it be the sensor. */
async function pointBehind(tx: Tx, id: number): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select p.code from warning_evidence e join alarm a on a.id = e.alarm_id join point p on p.id = a.point_id
    where e.warning_id = ${id} order by e.level desc, a.raised_at, a.id limit 1`.execute(tx);
  return rows[0]?.code;
}
