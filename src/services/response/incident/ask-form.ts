import { AppError } from '#base';
import type { incidentRoutes } from '#contract/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { type AskedRow, tellAsked } from './form-round.ts';
import { type IncidentRow, lockIncident } from './incident-row.ts';
import { tellIncidents } from './tell-incidents.ts';

type AskRequest = z.output<typeof incidentRoutes.askForm.body>;

const MINUTE_MS = 60_000;

/** Puts a form to every town (or to chosen platforms): its first round is due at once, the others follow by the clock. */
export async function askForm(
  context: RequestContext,
  id: number,
  request: AskRequest,
): Promise<{ readonly id: number; readonly asked: number }> {
  context.authorize('incident.coordinate');
  return context.transaction(async (tx) => {
    const row = await lockIncident(tx, [], id);
    context.authorizeRecord('incident.coordinate', row);
    if (row.state === 'closed') throw new AppError('incident.closed', { code: row.code });
    const at = context.now();
    check(request, at);
    const homes = await findAsked(context, tx, request.platforms);
    if (homes.length === 0) throw new AppError('input.invalid', { issues: '没有可以下发的平台' });
    const form = await insertForm(tx, { row, at, by: context.actor.name }, request);
    const asked = await insertFirst(tx, form, { at, limit: request.limitMinutes, homes });
    await tellAsked(tx, asked, at);
    await tellIncidents(tx, 'incident.changed', [
      {
        incident: id,
        at,
        by: context.actor.name,
        kind: 'form-asked',
        text: `向 ${asked.length} 个平台下发填报“${request.title}”${everyText(request.everyMinutes)}`,
        note: request.fields.map(({ text }) => text).join('、'),
      },
    ]);
    await audit(context, tx, {
      action: 'incident.form-asked',
      subject: `incident/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      after: { ...request, asked: asked.length },
    });
    return { id: form, asked: asked.length };
  });
}

function everyText(minutes: number | undefined): string {
  return minutes === undefined ? '' : `，每 ${minutes} 分钟一次`;
}

function check({ fields, everyMinutes, limitMinutes, until }: AskRequest, at: number): void {
  const keys = new Set(fields.map(({ key }) => key));
  const faults = [
    keys.size === fields.length ? [] : ['填报项的编码不能重复'],
    until > at ? [] : ['截止时间须晚于现在'],
    everyMinutes === undefined || limitMinutes <= everyMinutes ? [] : ['填报时限不能长于间隔'],
  ].flat();
  if (faults.length > 0) throw new AppError('input.invalid', { issues: faults.join('；') });
}

async function insertForm(
  tx: Tx,
  about: { readonly row: IncidentRow; readonly at: number; readonly by: string },
  { title, fields, everyMinutes, limitMinutes, until }: AskRequest,
): Promise<number> {
  const next = everyMinutes === undefined ? null : about.at + everyMinutes * MINUTE_MS;
  const form = await tx
    .insertInto('incident_form')
    .values({
      incident_id: about.row.id,
      place: about.row.place,
      scenario: about.row.scenario,
      title,
      fields: JSON.stringify(fields),
      every_minutes: everyMinutes ?? null,
      limit_minutes: limitMinutes,
      asked_at: new Date(about.at),
      asked_by: about.by,
      until_at: new Date(until),
      next_at: next === null || next > until ? null : new Date(next),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return form.id;
}

/** Every town, or the chosen platforms, as far as the caller coordinates there. */
async function findAsked(
  { actor }: RequestContext,
  tx: Tx,
  platforms: readonly string[] | undefined,
): Promise<readonly number[]> {
  const which: RawBuilder<unknown> =
    platforms === undefined ? sql`p.kind = 'town'` : sql`p.code = any(${[...platforms]})`;
  const { rows } = await sql<{ id: number; place: number; scenario: number | null }>`
    select p.id, p.place, p.scenario from platform p where p.place is not null and p.kind <> 'zone' and ${which}`.execute(
    tx,
  );
  return rows.filter((row) => actor.rights.mayAt('incident.coordinate', row)).map(({ id }) => id);
}

async function insertFirst(
  tx: Tx,
  form: number,
  { at, limit, homes }: { readonly at: number; readonly limit: number; readonly homes: readonly number[] },
): Promise<readonly AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    with asked as (
      insert into incident_form_due (form_id, platform_id, place, scenario, round, asked_at, due_at)
      select ${form}, p.id, p.place, p.scenario, 1, ${new Date(at)}, ${new Date(at + limit * MINUTE_MS)}
      from platform p where p.id = any(${[...homes]}) order by p.id
      returning id, form_id, platform_id, place, scenario, due_at
    )
    select a.*, f.title, f.incident_id as incident, p.name as platform from asked a join incident_form f on f.id = a.form_id
    join platform p on p.id = a.platform_id`.execute(tx);
  return rows;
}

/** Ends a form: nobody is asked again; what is owed of it is owed no longer. */
export async function endForm(context: RequestContext, id: number): Promise<{ readonly id: number }> {
  context.authorize('incident.coordinate');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ incident: number; title: string; place: number; scenario: number | null }>`
      select incident_id as incident, title, place, scenario from incident_form where id = ${id} for update`.execute(
      tx,
    );
    const [form] = rows;
    if (!form) throw new AppError('record.not-found', { what: '填报', id });
    context.authorizeRecord('incident.coordinate', form);
    const at = context.now();
    await sql`update incident_form set next_at = null, until_at = least(until_at, ${new Date(at)}) where id = ${id}`.execute(
      tx,
    );
    await tellIncidents(tx, 'incident.changed', [
      {
        incident: form.incident,
        at,
        by: context.actor.name,
        kind: 'form-ended',
        text: `停止填报“${form.title}”`,
      },
    ]);
    await audit(context, tx, {
      action: 'incident.form-ended',
      subject: `incident-form/${id}`,
      place: form.place,
      scenario: form.scenario,
      after: { title: form.title },
    });
    return { id };
  });
}
