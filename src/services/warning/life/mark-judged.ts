import { type FalseAlarmReason, falseAlarmText } from '#model/warning';
import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ActedOn, keepChanges } from './keep-changes.ts';

/** What they say of it. */
export interface Judgement {
  readonly reason: FalseAlarmReason;
  readonly note?: string | undefined;
}

/** Writes down that these warnings were none, each with its history, audit and event; a statement a table, however many. */
export async function markJudged(
  context: RequestContext,
  tx: Tx,
  warnings: readonly ActedOn[],
  { reason, note }: Judgement,
): Promise<void> {
  const at = context.now();
  const moment = new Date(at);
  const by = context.actor.name;
  const text = falseAlarmText(reason, note ?? null);
  const ids = warnings.map(({ id }) => id);
  await sql`update warning set false_alarm = ${reason}, false_alarm_note = ${note ?? null}, judged_by = ${by}, judged_at = ${moment},
    told_at = ${moment} where id = any(${ids}::bigint[])`.execute(tx);
  await keepChanges(context, tx, { acted: warnings, change: 'judged', text });
  await auditAll(
    context,
    tx,
    warnings.map(({ id, place, scenario }) => ({
      action: 'warning.judged',
      subject: `warning/${id}`,
      place,
      scenario,
      after: { reason, note: note ?? null },
    })),
  );
  const points = await pointsBehind(tx, ids);
  await announce(
    tx,
    warnings.map(({ id, place, scenario }) => {
      const point = points.get(id);
      const payload = { id, reason, text, by, ...(point === undefined ? {} : { point }) };
      return { type: 'warning.judged', at, place, scenario, payload };
    }),
  );
}

/** By warning, the point of the first alarm it rests on: what is to be mended, should it be the sensor. */
async function pointsBehind(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ warning: number; code: string }>`
    select distinct on (e.warning_id) e.warning_id as warning, p.code
    from warning_evidence e join alarm a on a.id = e.alarm_id join point p on p.id = a.point_id
    where e.warning_id = any(${[...ids]}::bigint[]) order by e.warning_id, e.level desc, a.raised_at, a.id`.execute(
    tx,
  );
  return new Map(rows.map(({ warning, code }) => [warning, code]));
}
