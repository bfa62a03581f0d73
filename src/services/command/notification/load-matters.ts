import type { Event } from '#bus';
import { SUPERVISION_KIND_TEXT, type SupervisionKind } from '#model/response';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import {
  byMatter,
  idsOf,
  type LoadSubjects,
  MARKS,
  type Subject,
  type SubjectRow,
  subjectOf,
} from './load-subjects.ts';

/** 督办 and 整改通知, at the office that has to answer; in its name whoever issued it. */
export const loadSupervisions: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow & { readonly kind: SupervisionKind }>`
    select s.id as matter, s.code, case when s.sample_id is null then 'supervision' else 'rectification' end as kind, p.name as unit, p.code as platform, s.issued_by_id as person, s.place, s.scenario,
      case when s.state = 'open' then s.asked else coalesce(s.answer, s.asked) end as said, s.answer_by as "dueAt"
    from supervision s join platform p on p.id = s.platform_id where s.id = any(${idsOf(events)}::bigint[])`.execute(
    tx,
  );
  return byMatter(
    rows.map(({ kind, ...row }) =>
      subjectOf({ ...row, name: SUPERVISION_KIND_TEXT[kind] }, `/orders/supervisions/${row.matter}`),
    ),
  );
};

/** What is told of a platform that the event names, with the page on which it stands. */
const ofPlatforms =
  (link: string): LoadSubjects =>
  async (tx, events) => {
    const codes = [...new Set(events.map(({ payload }) => String(payload['platform'])))];
    const { rows } = await sql<SubjectRow>`
    select id as matter, name as unit, code as platform, place, scenario from platform
    where code = any(${codes}::text[]) and place is not null`.execute(tx);
    const found = Map.groupBy(
      rows.map((row) => subjectOf(row, link)),
      ({ platform }) => platform,
    );
    return ({ payload }) => found.get(String(payload['platform'])) ?? [];
  };

/** The daily list of what is late, by the platform that has some; and what was drawn of its closed orders. */
export const loadOverdueLists = ofPlatforms('/orders/overdue');
export const loadDraws = ofPlatforms('/orders/closure');

/** Incidents, and with them the co-units that are called at that moment, each where it lies. */
export const loadIncidents: LoadSubjects = async (tx, events) => {
  const incidentOf = byMatter(await incidents(tx, events));
  const parts = Map.groupBy(
    await calledParts(tx, events.filter(callsParts)),
    ({ incident, asked_at: at }) => `${incident} ${at}`,
  );
  return (event) => [
    ...incidentOf(event),
    ...(callsParts(event) ? (parts.get(`${event.payload.id} ${event.at}`) ?? []) : []).map(
      ({ row, incident }) => subjectOf(row, `/orders/incidents/${incident}`),
    ),
  ];
};

const callsParts = ({ payload }: Event): boolean =>
  payload['own'] === true && Array.isArray(payload['kinds']) && payload['kinds'].includes('parts-called');

interface CalledPart {
  readonly incident: number;
  readonly asked_at: number;
  readonly row: SubjectRow;
}

async function calledParts(tx: Tx, events: readonly Event[]): Promise<readonly CalledPart[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<SubjectRow & { readonly incident: number; readonly asked_at: number }>`
    select t.id as matter, s.code, s.title as name, t.unit, p.code as platform, t.told as said, s.level as rank, t.place, t.scenario,
      s.id as incident, t.asked_at, ${MARKS}
    from incident_part t join incident s on s.id = t.incident_id join platform p on p.id = t.platform_id
    where t.incident_id = any(${idsOf(events)}::bigint[]) and t.state = 'open' and t.answered_at is null`.execute(
    tx,
  );
  return rows.map(({ incident, asked_at, ...row }) => ({ incident, asked_at, row }));
}

async function incidents(tx: Tx, events: readonly Event[]): Promise<readonly Subject[]> {
  const { rows } = await sql<SubjectRow>`
    select s.id as matter, s.code, s.title as name, s.loop, s.taken_at is not null as taken, s.asked_by_id as person,
      s.asked_reason as said, s.level as rank, s.place, s.scenario, c.code as scenario_code, ${MARKS}
    from incident s join scenario c on c.id = s.scenario where s.id = any(${idsOf(events)}::bigint[])`.execute(
    tx,
  );
  return rows.map((row) => subjectOf(row, `/orders/incidents/${row.matter}`));
}

/** One answer that one platform owes; what is answered meanwhile is asked of nobody. */
export const loadForms: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow>`
    select d.id as matter, s.code, f.title as name, p.name as unit, p.code as platform, s.level as rank, d.place, d.scenario,
      d.due_at as "dueAt", ${MARKS}
    from incident_form_due d join incident_form f on f.id = d.form_id join incident s on s.id = f.incident_id
    join platform p on p.id = d.platform_id
    where d.id = any(${idsOf(events)}::bigint[]) and d.answered_at is null`.execute(tx);
  return byMatter(rows.map((row) => subjectOf(row, '/todo')));
};

/** A report that a platform owes, where its matter lies; what is reported meanwhile is asked of nobody. */
export const loadReportDuties: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow & { readonly about: number }>`
    select s.id as matter, m.id as about, m.title as name, p.name as unit, p.code as platform, s.place, s.scenario,
      s.due_at as "dueAt", ${MARKS}
    from report_duty s join report_matter m on m.id = s.matter_id join platform p on p.id = s.platform_id
    where s.id = any(${idsOf(events)}::bigint[]) and s.fulfilled_at is null and s.stopped_at is null`.execute(
    tx,
  );
  return byMatter(rows.map(({ about, ...row }) => subjectOf(row, `/command/reports/${about}`)));
};

/** What a cause is foreseen to reach, at the desk that is told beforehand. */
export const loadCascades: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow>`
    select s.id as matter, p.name as unit, p.code as platform, t.place, t.scenario, s.level as rank, ${MARKS}
    from cascade s join cascade_seat t on t.cascade_id = s.id join platform p on p.id = t.platform_id
    where s.id = any(${idsOf(events)}::bigint[])`.execute(tx);
  const keyOf = (id: number, place: number | null, scenario: number | null): string =>
    `${id} ${place} ${scenario}`;
  const found = Map.groupBy(
    rows.map((row) => subjectOf(row, '/warnings?tab=reach')),
    ({ matter, place, scenario }) => keyOf(matter, place, scenario),
  );
  return ({ payload, place, scenario }) => found.get(keyOf(payload.id, place, scenario)) ?? [];
};

/** An alarm that waits for somebody to verify it. */
export const loadVerifications: LoadSubjects = async (tx, events) => {
  const { rows } = await sql<SubjectRow>`
    select s.id as matter, s.object_id as object, s.item_code as item, s.owner_id as person, s.owner_role as said, s.level as rank,
      s.place, s.scenario, c.code as scenario_code, ${MARKS}
    from verification s join scenario c on c.id = s.scenario
    where s.id = any(${idsOf(events)}::bigint[]) and s.decision is null`.execute(tx);
  return byMatter(rows.map((row) => subjectOf(row, '/warnings?tab=verify')));
};

/** 应急响应 at every platform that it obliges: whose it is, the towns it names (else all under it) and the office of its scenario. */
export const loadActivations: LoadSubjects = async (tx, events) => {
  const asked = events.map(({ seq, payload }) => ({ seq, id: payload.id, scenario: payload['ofScenario'] }));
  const { rows } = await sql<SubjectRow & { readonly seq: number }>`
    select e.seq, a.id as matter, a.plan_name as name, p.name as unit, p.code as platform, p.place, p.scenario,
      case when a.ended_at is not null then 1 when a.grade = 'I' then 4 when a.grade = 'II' then 3 when a.grade = 'III' then 2
        else 1 end as rank,
      i.replay_session_id as session, i.replay_session_id is not null and is_drill(i.replay_session_id) as drill,
      coalesce(i.simulated, false) as simulated
    from ${recordset(asked, sql`e(seq bigint, id bigint, scenario int2)`)}
    join activation a on a.id = e.id join platform h on h.id = a.platform_id left join incident i on i.id = a.incident_id
    join platform p on p.place is not null and (p.id = h.id or p.kind = 'scenario' and p.scenario = e.scenario
      or p.kind = 'town' and (p.name = any(a.towns) or a.towns = '{}'
        and (h.kind in ('scenario', 'industry') or p.place between h.place and h.place_to)))
    order by p.id`.execute(tx);
  const found = Map.groupBy(rows, ({ seq }) => seq);
  return ({ seq }) =>
    (found.get(seq) ?? []).map(({ seq: _seq, ...row }) => subjectOf(row, '/command/activations'));
};
