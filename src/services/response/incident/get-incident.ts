import type { IncidentDetail } from '#contract/response';
import type { PartState } from '#model/response';
import type { Level } from '#model/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadIncident } from './incident-row.ts';
import { showIncident } from './incident-view.ts';
import { loopActors } from './loop-posts.ts';

/** Spots of the map at most: more are read off the list of orders. */
const MOST_SPOTS = 1000;

/** One incident. Seen by whoever sees its place, its leading scenario, one of its orders, or has a part in it. */
export async function getIncident(context: RequestContext, id: number): Promise<IncidentDetail> {
  context.authorize('work-order.read');
  return context.transaction((tx) => incidentDetailOf(context, tx, id));
}

export async function incidentDetailOf(context: RequestContext, tx: Tx, id: number): Promise<IncidentDetail> {
  const { rights, accountId } = context.actor;
  const row = await loadIncident(tx, [accountId, ...rights.principals], id);
  const actor = (await loopActors(tx, context.actor))(row);
  return {
    ...showIncident(row, actor, context.now()),
    parts: await loadParts(context, tx, { id, open: row.state === 'open' }),
    forms: await loadForms(tx, id),
    spots: await loadSpots(tx, id),
    supervisions: await loadSupervisionsOf(tx, id, context.now()),
    mayLead: row.state === 'open' && rights.mayAt('incident.lead', row),
    mayCoordinate: row.state === 'open' && row.loop === 'large' && rights.mayAt('incident.coordinate', row),
  };
}

interface PartRow {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly unit: string;
  readonly platform: string | null;
  readonly told: string;
  readonly state: PartState;
  readonly asked_at: number;
  readonly answered_at: number | null;
  readonly answered_by: string | null;
  readonly answer: string | null;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
  readonly reason: string | null;
}

/** Who has not answered comes first. */
async function loadParts(
  { actor }: RequestContext,
  tx: Tx,
  { id, open }: { readonly id: number; readonly open: boolean },
): Promise<IncidentDetail['parts']> {
  const { rows } = await sql<PartRow>`
    select p.id, p.place, p.scenario, p.unit, l.name as platform, p.told, p.state, p.asked_at, p.answered_at, p.answered_by,
      p.answer, p.ended_at, p.ended_by, p.reason
    from incident_part p left join platform l on l.id = p.platform_id where p.incident_id = ${id}
    order by p.state <> 'open', p.answered_at is not null, p.place, p.unit`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    unit: row.unit,
    platform: row.platform,
    told: row.told,
    state: row.state,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    answer: row.answer,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    reason: row.reason,
    mayAnswer: open && row.state === 'open' && actor.rights.mayAt('duty.keep', row),
    mayWaive: open && row.state === 'open' && actor.rights.mayAt('incident.coordinate', row),
  }));
}

async function loadForms(tx: Tx, id: number): Promise<IncidentDetail['forms']> {
  const { rows } = await sql<IncidentDetail['forms'][number]>`
    select f.id, f.title, f.every_minutes as "everyMinutes", f.limit_minutes as "limitMinutes", f.asked_at as "askedAt",
      f.until_at as until, f.next_at as "nextAt", f.rounds, count(d.id) as asked, count(d.answered_at) as answered,
      count(d.late_at) as late,
      coalesce(json_agg(p.name order by d.place, p.name) filter (where d.answered_at is null), '[]') as missing
    from incident_form f join incident_form_due d on d.form_id = f.id and d.round = f.rounds
      join platform p on p.id = d.platform_id
    where f.incident_id = ${id} group by f.id order by f.id desc`.execute(tx);
  return [...rows];
}

async function loadSpots(tx: Tx, id: number): Promise<IncidentDetail['spots']> {
  const { rows } = await sql<Omit<IncidentDetail['spots'][number], 'level'> & { level: number }>`
    select o.id, o.code, m.name, m.lat, m.lon, o.level, o.state
    from work_order o join monitored_object m on m.id = o.object_id
    where o.incident_id = ${id} order by o.opened_at desc limit ${MOST_SPOTS}`.execute(tx);
  return rows.map(({ level, ...spot }) => ({ ...spot, level: levelOf(level) ?? ('blue' satisfies Level) }));
}

async function loadSupervisionsOf(tx: Tx, id: number, now: number): Promise<IncidentDetail['supervisions']> {
  const { rows } = await sql<IncidentDetail['supervisions'][number]>`
    select s.id, s.code, p.name as platform, s.asked, s.answer_by as "answerBy", s.state,
      s.overdue_at is not null or s.state = 'open' and s.answer_by < ${new Date(now)} as overdue
    from supervision s join platform p on p.id = s.platform_id where s.incident_id = ${id} order by s.id desc limit 50`.execute(
    tx,
  );
  return [...rows];
}
