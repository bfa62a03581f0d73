import type { Storage } from '#storage';
import { sql } from 'kysely';

import { CORNERS, type Zone } from './zones.ts';

/** A matter that the corner's platform reported on, late, with a question about it and a change of it. */
export async function plantReport(
  storage: Storage,
  zone: Zone,
): Promise<{
  readonly 'report-matter': number;
  readonly 'incident-report': number;
  readonly 'report-question': number;
}> {
  const { mark, platform } = CORNERS[zone];
  const fields = `{"source":"","received":"","where":"","nature":"","reach":"","losses":"","trend":"","leaders":"","measures":"","suggestions":""}`;
  const { rows } = await sql<{ matter: number; report: number; question: number }>`
    with home as (select o.place, o.scenarios[1] as scenario, p.id as platform
      from monitored_object o, platform p where o.code = ${`m-${zone}`} and p.code = ${platform}),
    matter as (
      insert into report_matter (place, scenario, platform_id, trigger, title, event_at, known_at, opened_at, simulated)
      select place, scenario, platform, 'emergency', ${`${mark}事项`}, now(), now(), now(), false from home returning *
    ), report as (
      insert into incident_report (matter_id, place, scenario, platform_id, recipient, channel, stage, number, fields, text,
        event_at, known_at, reported_at, recorded_at, by, by_id, simulated)
      select id, place, scenario, platform_id, 'district', 'written', 'initial', 1, ${fields}::jsonb, ${mark}, now(), now(), now(),
        now(), 'x', 0, false from matter returning *
    ), question as (
      insert into report_question (report_id, matter_id, place, scenario, asked_at, asked_by, question)
      select id, matter_id, place, scenario, now(), 'x', ${mark} from report returning id
    ), change as (
      insert into report_change (matter_id, report_id, place, scenario, platform_id, at, by, field, before, after, flagged, simulated)
      select matter_id, id, place, scenario, platform_id, now(), 'x', 'deaths', '0', '1', true, false from report
    ), duty as (
      insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at,
        missing_at, simulated)
      select id, place, scenario, platform_id, 'BS.R07', 'first', 1, 'district', 'phone', now() - interval '1 hour',
        now() - interval '1 minute', now() + interval '1 day', false from matter
    )
    select matter.id as matter, report.id as report, question.id as question from matter, report, question`.execute(
    storage.system,
  );
  const [made] = rows;
  return {
    'report-matter': made?.matter ?? 0,
    'incident-report': made?.report ?? 0,
    'report-question': made?.question ?? 0,
  };
}
