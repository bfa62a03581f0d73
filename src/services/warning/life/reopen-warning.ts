import { AppError } from '#base';
import type { verificationRoutes, Warning } from '#contract/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type Reopenable, reopenFault } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { saveWarnings, type Work } from '../save-warnings.ts';
import { keepChanges } from './keep-changes.ts';
import { lockWarning, shownWarning } from './lock-warning.ts';

interface Closed extends Reopenable {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  /** The worst it came to. */
  readonly peak: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** What it goes on from: alarms with the levels they justify. */
interface Ground {
  readonly level: number;
  readonly evidence: ReadonlyMap<number, number>;
}

/**
 * 重开: a warning that was closed by mistake goes on in a new one, linked to it. Where alarms of it stand that somebody had held back
 * as false, they count again. Where none does, it stands by the person's word, at the worst it came to (on its way to normal it
 * stepped down), until its signs speak again or its new order is closed. Throws `record.not-found`, `access.denied`, `warning.not-reopened`.
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
  const capability = 'warning.decide';
  context.authorize(capability);
  return context.transaction(async (tx) => {
    const locked = await lockWarning(context, tx, { id: params.id, capability });
    const closed = await loadClosed(tx, locked.id);
    const now = context.now();
    const why = reopenFault(closed, now);
    if (why !== undefined) throw new AppError('warning.not-reopened', { why });
    const ground = await groundOf(tx, closed);
    const isByWord = !ground.evidence.values().some((level) => level > 0);
    const text = `${context.actor.name} 重开误结的预警 #${closed.id}：${body.reason}${isByWord ? BY_WORD : ''}`;
    await releaseAlarms(tx, sql`h.alarm_id = any(${[...ground.evidence.keys()]}::bigint[])`, {
      at: now,
      why: text,
    });
    const id = await raise(tx, closed, { ground, now, text, by: context.actor.name });
    await sql`update warning set reopened_from = ${closed.id} where id = ${id}`.execute(tx);
    const reason = `${body.reason}（转入预警 #${id}）`;
    await keepChanges(context, tx, { acted: [locked], change: 'reopened', text: reason });
    const { place, scenario } = closed;
    await audit(context, tx, {
      action: 'warning.reopened',
      subject: `warning/${closed.id}`,
      place,
      scenario,
      after: { reason: body.reason, warning: id },
    });
    await announce(tx, [
      { type: 'warning.reopened', at: now, place, scenario, payload: { id: closed.id, text: body.reason } },
    ]);
    return shownWarning(context, tx, id);
  });
}

const BY_WORD = '（体征已恢复，凭人工判断；工单结案时一并结案）';

async function loadClosed(tx: Tx, id: number): Promise<Closed> {
  const { rows } = await sql<Closed>`
    select w.id, w.object_id as object, w.item_code as item, w.place, w.scenario, w.state, w.closed_at as "closedAt",
      w.replay_session_id as session, w.simulated,
      w.peak_level as peak,
      (select n.id from warning n where n.reopened_from = w.id) as again,
      (select n.id from warning n where n.object_id = w.object_id and n.item_code = w.item_code and n.state = 'open') as open
    from warning w where w.id = ${id}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '预警', id: String(id) });
  return found;
}

/** Alarms of the same object and item that stand now, also those that were held back; where none does, what it rested on before. */
async function groundOf(tx: Tx, { id, object, item, session, peak }: Closed): Promise<Ground> {
  const { rows } = await sql<{ id: number; level: number }>`
    select id, level from alarm
    where object_id = ${object} and item_code = ${item} and normal_at is null
      and replay_session_id is not distinct from ${session}`.execute(tx);
  if (rows.length > 0) {
    const evidence = new Map(rows.map((alarm) => [alarm.id, alarm.level]));
    return { level: Math.max(...evidence.values()), evidence };
  }
  const { rows: before } = await sql<{ alarm: number }>`
    select alarm_id as alarm from warning_evidence where warning_id = ${id}`.execute(tx);
  return { level: peak, evidence: new Map(before.map(({ alarm }) => [alarm, 0])) };
}

async function raise(
  tx: Tx,
  closed: Closed,
  how: { readonly ground: Ground; readonly now: number; readonly text: string; readonly by: string },
): Promise<number> {
  const { ground, now, text, by } = how;
  const { level } = ground;
  const { object, item, place, scenario, session, simulated } = closed;
  const work: Work = {
    object,
    item,
    place,
    scenario,
    session,
    simulated,
    id: undefined,
    by,
    draft: {
      level,
      peakLevel: level,
      reason: text,
      openedAt: now,
      changedAt: now,
      normalAt: null,
      evidence: new Map(ground.evidence),
      changes: [{ change: 'raised', at: now, fromLevel: 0, toLevel: level, reason: text }],
    },
  };
  await saveWarnings(tx, [work], now);
  return work.id ?? 0;
}
