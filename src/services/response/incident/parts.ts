import { AppError } from '#base';
import type { IncidentDetail, incidentRoutes } from '#contract/response';
import type { PartState } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { incidentDetailOf } from './get-incident.ts';
import { lockIncident } from './incident-row.ts';
import { tellIncidents } from './tell-incidents.ts';

type CallRequest = z.output<typeof incidentRoutes.callPart.body>;
type AnswerRequest = z.output<typeof incidentRoutes.answerPart.body>;

interface PartRow {
  readonly id: number;
  readonly incident: number;
  readonly code: string;
  readonly closed: boolean;
  readonly place: number;
  readonly scenario: number | null;
  readonly unit: string;
  readonly state: PartState;
}

/** Calls one more unit into a large loop. Throws `incident.part-there` for one that is called already. */
export async function callPart(
  context: RequestContext,
  id: number,
  { unit, platform, told }: CallRequest,
): Promise<IncidentDetail> {
  context.authorize('incident.coordinate');
  return context.transaction(async (tx) => {
    const row = await lockIncident(tx, [], id);
    context.authorizeRecord('incident.coordinate', row);
    if (row.state === 'closed') throw new AppError('incident.closed', { code: row.code });
    const at = context.now();
    const home = platform === undefined ? undefined : await findHome(tx, platform);
    if (home) context.authorizeRecord('incident.coordinate', home);
    const { rows } = await sql<{ id: number }>`
      insert into incident_part (incident_id, platform_id, place, scenario, unit, told, asked_at)
      values (${id}, ${home?.id ?? null}, ${(home ?? row).place}, ${(home ?? row).scenario}, ${unit}, ${told}, ${new Date(at)})
      on conflict do nothing returning id`.execute(tx);
    if (rows.length === 0) throw new AppError('incident.part-there', { unit });
    await tellIncidents(tx, 'incident.changed', [
      { incident: id, at, by: context.actor.name, kind: 'parts-called', text: `请${unit}参与`, note: told },
    ]);
    await audit(context, tx, {
      action: 'incident.part-called',
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      after: { unit, told },
    });
    return incidentDetailOf(context, tx, id);
  });
}

async function findHome(
  tx: Tx,
  code: string,
): Promise<{ readonly id: number; readonly place: number; readonly scenario: number | null }> {
  const { rows } = await sql<{ id: number; place: number; scenario: number | null }>`
    select id, place, scenario from platform where code = ${code} and place is not null`.execute(tx);
  const [home] = rows;
  if (!home) throw new AppError('record.not-found', { what: '平台', id: code });
  return home;
}

/** What a unit says of its part; `done` closes it. Whoever keeps the duty where the part lies answers. */
export async function answerPart(
  context: RequestContext,
  id: number,
  { text, done }: AnswerRequest,
): Promise<{ readonly state: PartState }> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const part = await lockPart(tx, id);
    context.authorizeRecord('duty.keep', part);
    const at = context.now();
    const by = context.actor.name;
    const state = done ? 'closed' : 'open';
    await sql`update incident_part set answered_at = ${new Date(at)}, answered_by = ${by}, answer = ${text}, state = ${state},
        ended_at = ${done ? new Date(at) : null}::timestamptz, ended_by = ${done ? by : null}::text where id = ${id}`.execute(
      tx,
    );
    await settle(context, tx, part, {
      action: done ? 'part-closed' : 'part-answered',
      text: `${part.unit}${done ? '办结' : '答复'}`,
      note: text,
    });
    return { state };
  });
}

/** A part that need not be done after all, with the reason. */
export async function waivePart(
  context: RequestContext,
  id: number,
  { reason }: { readonly reason: string },
): Promise<{ readonly state: PartState }> {
  context.authorize('incident.coordinate');
  return context.transaction(async (tx) => {
    const part = await lockPart(tx, id);
    context.authorizeRecord('incident.coordinate', part);
    await sql`update incident_part set state = 'waived', ended_at = ${new Date(context.now())}, ended_by = ${context.actor.name},
        reason = ${reason} where id = ${id}`.execute(tx);
    await settle(context, tx, part, { action: 'part-waived', text: `${part.unit}免办`, note: reason });
    return { state: 'waived' };
  });
}

async function lockPart(tx: Tx, id: number): Promise<PartRow> {
  const { rows } = await sql<PartRow>`
    select p.id, p.incident_id as incident, i.code, i.state = 'closed' as closed, p.place, p.scenario, p.unit, p.state
    from incident_part p join incident i on i.id = p.incident_id where p.id = ${id} for update of p`.execute(
    tx,
  );
  const [part] = rows;
  if (!part) throw new AppError('record.not-found', { what: '参与单位', id });
  if (part.closed) throw new AppError('incident.closed', { code: part.code });
  if (part.state !== 'open') throw new AppError('incident.part-over', { unit: part.unit });
  return part;
}

async function settle(
  context: RequestContext,
  tx: Tx,
  part: PartRow,
  { action, text, note }: { readonly action: string; readonly text: string; readonly note: string },
): Promise<void> {
  await tellIncidents(tx, 'incident.changed', [
    { incident: part.incident, at: context.now(), by: context.actor.name, kind: action, text, note },
  ]);
  await audit(context, tx, {
    action: `incident.${action}`,
    subject: `incident/${part.code}`,
    place: part.place,
    scenario: part.scenario,
    after: { unit: part.unit, note },
  });
}
