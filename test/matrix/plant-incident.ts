import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Records } from './record-kinds.ts';
import { CORNERS, type Zone } from './zones.ts';

/** An incident at the corner's object, with a co-unit and a form that the corner's platform owes. */
export async function plantIncident(
  storage: Storage,
  zone: Zone,
): Promise<Partial<Record<keyof Records, number>>> {
  const { mark, platform } = CORNERS[zone];
  const { rows } = await sql<{
    incident: number;
    part: number;
    form: number;
    due: number;
    activation: number;
  }>`
    with object as (select * from monitored_object where code = ${`m-${zone}`}), home as (select * from platform where code = ${platform}),
    incident as (
      insert into incident (code, title, place, scenario, level, loop, loop_since, ground, lat, lon, opened_at)
      select ${`EV-${zone}`}, ${`${mark}事件`}, place, scenarios[1], 3, 'medium', now(), 'hand', lat, lon, now() from object returning *
    ), part as (
      insert into incident_part (incident_id, platform_id, place, scenario, unit, told, asked_at)
      select incident.id, home.id, home.place, home.scenario, ${`${mark}单位`}, '到场处置', now() from incident, home returning id
    ), form as (
      insert into incident_form (incident_id, place, scenario, title, fields, limit_minutes, asked_at, asked_by, until_at)
      select id, place, scenario, ${`${mark}填报`}, '[{"key":"moved","text":"已转移人数","kind":"number"}]', 30, now(), 'x',
        now() + interval '1 day' from incident returning id
    ), due as (
      insert into incident_form_due (form_id, platform_id, place, scenario, round, asked_at, due_at)
      select form.id, home.id, home.place, home.scenario, 1, now(), now() + interval '1 hour' from form, home returning id
    ), started as (
      insert into activation (platform_id, place, scenario, plan, plan_name, grade, ground, measures, started_at, started_by)
      select id, place, scenario, 'crowd', '大客流', 'IV', '外滩跨年', '[]', now(), 'x' from home returning id
    )
    select incident.id as incident, started.id as activation, part.id as part, form.id as form, due.id as due from incident, part, form, due, started`.execute(
    storage.system,
  );
  const [made] = rows;
  if (!made) throw new Error('no incident was made');
  return {
    incident: made.incident,
    'incident-part': made.part,
    'incident-form': made.form,
    'incident-form-due': made.due,
    activation: made.activation,
  };
}
