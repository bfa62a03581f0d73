import { AppError } from '#base';
import type { verificationRoutes, Warning } from '#contract/warning';
import type { WarningState } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { saveWarnings, type Work } from '../save-warnings.ts';
import { loadWarnings, showWarning } from '../warning-view.ts';

const WITHIN_MS = 24 * 3_600_000;

interface Closed {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly state: WarningState;
  readonly closedAt: number | null;
  readonly session: number | null;
  readonly simulated: boolean;
  readonly again: number | null;
  readonly open: number | null;
}

interface Standing {
  readonly id: number;
  readonly level: number;
}

/**
 * 重开: a warning that was closed by mistake goes on in a new one, linked to it, where what raised it still stands. The alarms that
 * somebody had held back as false count again. Throws `record.not-found`, `access.denied`, `warning.not-reopened`.
 */
export async function reopenWarning(
  context: RequestContext,
  {
    params,
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof verificationRoutes.reopenWarning.body>;
  },
): Promise<Warning> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const closed = await lockClosed(tx, params.id);
    context.authorizeRecord('warning.decide', closed);
    const now = context.now();
    const standing = await standingAlarms(tx, closed);
    const why = refusal(closed, standing, now);
    if (why !== undefined) throw new AppError('warning.not-reopened', { why });
    const text = `${context.actor.name} 重开误结的预警 #${closed.id}：${body.reason}`;
    const alarms = standing.map(({ id }) => id);
    await releaseAlarms(tx, sql`h.alarm_id = any(${alarms}::bigint[])`, { at: now, why: text });
    const id = await raise(tx, closed, { standing, now, text });
    await sql`update warning set reopened_from = ${closed.id} where id = ${id}`.execute(tx);
    await tx
      .insertInto('warning_change')
      .values({
        warning_id: closed.id,
        place: closed.place,
        scenario: closed.scenario,
        at: new Date(now),
        by: context.actor.name,
        change: 'reopened',
        from_level: 0,
        to_level: 0,
        reason: `${body.reason}（转入预警 #${id}）`,
      })
      .execute();
    await audit(context, tx, {
      action: 'warning.reopened',
      subject: `warning/${closed.id}`,
      place: closed.place,
      scenario: closed.scenario,
      after: { reason: body.reason, warning: id },
    });
    const { place, scenario } = closed;
    await announce(tx, [
      { type: 'warning.reopened', at: now, place, scenario, payload: { id: closed.id, text: body.reason } },
    ]);
    const [row] = await loadWarnings(tx, sql`where w.id = ${id}`, context.now());
    if (!row) throw new AppError('record.not-found', { what: '预警', id: String(id) });
    return showWarning(row, context.actor);
  });
}

async function lockClosed(tx: Tx, id: number): Promise<Closed> {
  const { rows } = await sql<Closed>`
    select w.id, w.object_id as object, w.item_code as item, w.place, w.scenario, w.state, w.closed_at as "closedAt",
      w.replay_session_id as session, w.simulated,
      (select n.id from warning n where n.reopened_from = w.id) as again,
      (select n.id from warning n where n.object_id = w.object_id and n.item_code = w.item_code and n.state = 'open') as open
    from warning w where w.id = ${id} for update of w`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '预警', id: String(id) });
  return found;
}

/** Alarms of the same object and item that stand now, also those that were held back. */
async function standingAlarms(tx: Tx, { object, item, session }: Closed): Promise<readonly Standing[]> {
  const { rows } = await sql<Standing>`
    select id, level from alarm
    where object_id = ${object} and item_code = ${item} and normal_at is null
      and replay_session_id is not distinct from ${session}
    order by level desc, id`.execute(tx);
  return rows;
}

/** Why it is not opened again, as a person would say it; undefined where it is. */
function refusal(closed: Closed, standing: readonly Standing[], now: number): string | undefined {
  if (closed.state !== 'closed' || closed.closedAt === null) return '它还没有结案，可以直接处理';
  if (closed.again !== null) return `它已经重开为预警 #${closed.again}`;
  if (closed.open !== null) return `同一对象、同一事项已有生效的预警 #${closed.open}，请在那一条上处理`;
  if (now - closed.closedAt > WITHIN_MS) return '结案已超过 24 小时，条件再成立时会另成一条新的预警';
  if (standing.length === 0) return '条件已不成立，现在没有可以重开的内容；条件再成立时会自动报警';
  return undefined;
}

async function raise(
  tx: Tx,
  closed: Closed,
  how: { readonly standing: readonly Standing[]; readonly now: number; readonly text: string },
): Promise<number> {
  const { standing, now, text } = how;
  const level = standing[0]?.level ?? 0;
  const { object, item, place, scenario, session, simulated } = closed;
  const work: Work = {
    object,
    item,
    place,
    scenario,
    session,
    simulated,
    id: undefined,
    draft: {
      level,
      peakLevel: level,
      reason: text,
      openedAt: now,
      changedAt: now,
      normalAt: null,
      evidence: new Map(standing.map((alarm) => [alarm.id, alarm.level])),
      changes: [{ change: 'raised', at: now, fromLevel: 0, toLevel: level, reason: text }],
    },
  };
  await saveWarnings(tx, [work], now);
  return work.id ?? 0;
}
