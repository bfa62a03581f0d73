import { AppError } from '#base';
import type { drillRoutes, WaitingInject } from '#contract/response';
import { covers, type Placed, type Role, ROLE_TEXT } from '#model/platform';
import { type Actor, audit, type RequestContext } from '#services/context';
import type { Database, Tx } from '#storage';
import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';

import { demandState, lockDrill, tellDrills } from './drill-row.ts';

type Answered = z.output<typeof drillRoutes.answerInject.reply>;

interface WaitingRow {
  readonly id: number;
  readonly drill: number;
  readonly drillName: string;
  readonly text: string;
  readonly role: Role;
  readonly firedAt: number;
  readonly place: number;
  readonly scenario: number;
}

/** Words of running drills that wait for an answer of the caller's seat, the oldest first. */
export async function listWaitingInjects(context: RequestContext): Promise<{ items: WaitingInject[] }> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<WaitingRow>`
      select a.id, a.drill_id as drill, d.name as "drillName", d.script -> 'acts' -> a.n::int ->> 'text' as text,
        a.to_role as role, a.fired_at as "firedAt", a.place, a.scenario
      from drill d join drill_act a on a.drill_id = d.id
      where d.state = 'running' and a.fired_at is not null and a.to_role is not null and a.answered_at is null
      order by a.fired_at, a.drill_id, a.n`.execute(tx);
    return {
      items: rows
        .filter((row) => sitsThere(context.actor, row.role, row))
        .map(({ id, role, drill, drillName, text, firedAt }) => ({
          id,
          drill,
          drillName,
          text,
          firedAt,
          toText: ROLE_TEXT[role],
        })),
    };
  });
}

/**
 * Answers words of a running drill for the seat they are for. Throws `record.not-found`, `drill.not-yours`,
 * `drill.illegal-action` (over, or answered already).
 */
export async function answerInject(
  context: RequestContext,
  id: number,
  { answer }: z.output<typeof drillRoutes.answerInject.body>,
): Promise<Answered> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    // The drill first, as its rounds do; then the words as they stand by then.
    const { drill_id: drillId } = await findInject(tx, id);
    const drill = await lockDrill(tx, drillId);
    const row = await findInject(tx, id);
    const { n, fired_at: firedAt } = row;
    const act = drill.script.acts[n];
    if (act?.kind !== 'inject' || firedAt === null) throw notFound(id);
    if (!sitsThere(context.actor, act.to, row))
      throw new AppError('drill.not-yours', { to: ROLE_TEXT[act.to] });
    demandState(drill, ['running'], '回应导调');
    if (row.answered_at !== null)
      throw new AppError('drill.illegal-action', {
        name: drill.name,
        state: `的这条导调已由${row.answered_by ?? ''}回应`,
        action: '再次回应',
      });
    context.authorizeRecord('work-order.read', row);
    const now = context.now();
    const by = context.actor.name;
    await tx
      .updateTable('drill_act')
      .set({ answer, answered_by: by, answered_at: new Date(now) })
      .where('id', '=', row.id)
      .execute();
    const { place, scenario } = row;
    await audit(context, tx, {
      action: 'drill.answer',
      subject: `drill/${drillId}`,
      place,
      scenario,
      after: { n, answer },
    });
    await tellDrills(tx, [drill], { state: drill.state, at: now });
    const facts = { text: act.text, toText: ROLE_TEXT[act.to], firedAt };
    return { id, drill: drillId, drillName: drill.name, ...facts, answer, answeredBy: by, answeredAt: now };
  });
}

const notFound = (id: number): AppError => new AppError('record.not-found', { what: '导调', id });

async function findInject(tx: Tx, id: number): Promise<Selectable<Database['drill_act']>> {
  const row = await tx
    .selectFrom('drill_act')
    .selectAll()
    .where(sql<boolean>`id = ${id}::bigint and fired_at is not null`)
    .executeTakeFirst();
  if (!row) throw notFound(id);
  return row;
}

/** Whether somebody holds the role where the drill is. */
function sitsThere({ rights }: Actor, role: Role, { place, scenario }: Placed): boolean {
  return rights.grants.some((grant) => grant.role === role && covers(grant.scope, place, scenario));
}
