import { AppError } from '#base';
import type { ReportMatter, ReportMatterDetail } from '#contract/command';
import type { Casualties } from '#model/command';
import type { Actor, RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { loadChanges } from './change-view.ts';
import { loadDuties, showDuty } from './duty-view.ts';
import { loadReports, showReport } from './report-view.ts';

/** A matter with the names a page needs. */
export interface MatterRow extends Omit<ReportMatter, 'casualties'>, Casualties {
  readonly place: number;
  readonly scenario: number | null;
  readonly platformId: number;
  readonly platformPlace: number;
  readonly platformScenario: number | null;
  readonly warning: number | null;
  readonly openedAt: number;
  /** The clock of its recording; null for live ones. */
  readonly clock: number | null;
}

/** Matters that the caller may see, as `suffix` picks and sorts them. `m` is the matter. */
export async function loadMatters(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly MatterRow[]> {
  const { rows } = await sql<MatterRow>`
    select m.id, m.title, m.trigger, json_build_object('code', p.code, 'name', p.name) as platform, m.place, m.scenario,
      p.id as "platformId", p.place as "platformPlace", p.scenario as "platformScenario", m.warning_id as warning,
      m.event_at as "eventAt", m.known_at as "knownAt", m.opened_at as "openedAt", m.closed_at as "closedAt", m.deaths, m.injuries, m.unaccounted, m.told,
      m.told_by as "toldBy", m.replay_session_id as "replaySession", m.simulated, r.clock,
      (select json_build_object('id', o.id, 'code', o.code) from work_order o where o.id = m.work_order_id) as "order",
      (select json_build_object('id', i.id, 'code', i.code) from incident i where i.id = m.incident_id or m.covered_by is not null
        and i.id = (select o.incident_id from work_order o where o.id = m.work_order_id)) as incident,
      m.covered_by is not null as covered, case when m.incident_id is not null then matters_covered(m.id) else 0 end as covers
    from (select m.* from report_matter m ${suffix}) m join platform p on p.id = m.platform_id
    left join replay_session r on r.id = m.replay_session_id
    order by m.opened_at desc, m.id desc`.execute(tx);
  return rows;
}

/** One matter, held until the transaction ends. Throws `record.not-found`. */
export async function lockMatter(tx: Tx, id: number): Promise<MatterRow> {
  await sql`select from report_matter where id = ${id} for update`.execute(tx);
  return loadMatter(tx, id);
}

async function loadMatter(tx: Tx, id: number): Promise<MatterRow> {
  const [row] = await loadMatters(tx, sql`where m.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '报送事项', id });
  return row;
}

/** A matter's moment: the wall clock, or that of its recording. */
export function momentOf({ replaySession, clock, knownAt }: MatterRow, now: number): number {
  return replaySession === null ? now : Math.max(clock ?? knownAt, knownAt);
}

export function casualtiesOf({ deaths, injuries, unaccounted }: Casualties): Casualties {
  return { deaths, injuries, unaccounted };
}

export function showMatter(row: MatterRow): ReportMatter {
  const { id, title, trigger, platform, order, incident, covered, covers, eventAt, knownAt, closedAt } = row;
  const { told, toldBy, replaySession, simulated } = row;
  return {
    id,
    title,
    trigger,
    platform,
    order,
    incident,
    covered,
    covers,
    eventAt,
    knownAt,
    closedAt,
    told,
    toldBy,
    casualties: casualtiesOf(row),
    replaySession,
    simulated,
  };
}

/** A matter with everything that was owed and said. Throws `record.not-found` also for what the caller may not see. */
export async function loadMatterDetail(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<ReportMatterDetail> {
  const { actor } = context;
  const row = await loadMatter(tx, id);
  const now = momentOf(row, context.now());
  const duties = await loadDuties(tx, sql`where d.matter_id = ${id} order by d.due_at, d.id`);
  const reports = await loadReports(
    tx,
    sql`where r.matter_id = ${id} order by r.reported_at desc, r.id desc`,
  );
  return {
    ...showMatter(row),
    duties: duties.map((duty) => showDuty(duty, { actor, now })),
    reports: reports.map((report) => showReport(report, actor)),
    changes: await loadChanges(tx, sql`c.matter_id = ${id}`),
    questions: await loadQuestions(tx, id, actor),
    senders: await loadSenders(tx, row, actor),
  };
}

type Question = ReportMatterDetail['questions'][number];

async function loadQuestions(tx: Tx, matter: number, actor: Actor): Promise<Question[]> {
  const { rows } = await sql<Omit<Question, 'mayAnswer'> & { place: number; scenario: number | null }>`
    select q.id, q.report_id as report, q.asked_at as "askedAt", q.asked_by as "askedBy", q.question,
      q.answered_at as "answeredAt", q.answered_by as "answeredBy", q.answer, p.place, p.scenario
    from report_question q join incident_report r on r.id = q.report_id join platform p on p.id = r.platform_id
    where q.matter_id = ${matter} order by q.id`.execute(tx);
  return rows.map(({ place, scenario, ...question }) => ({
    ...question,
    mayAnswer: question.answeredAt === null && actor.rights.mayAt('duty.keep', { place, scenario }),
  }));
}

/** Where the caller may report from: who has to first, then the town it lies in, then the district. */
async function loadSenders(tx: Tx, matter: MatterRow, actor: Actor): Promise<ReportMatterDetail['senders']> {
  const { rows } = await sql<{ code: string; name: string; place: number; scenario: number | null }>`
    select code, name, place, scenario from platform
    where id = ${matter.platformId} or kind = 'district' or kind = 'town' and ${matter.place}::int between place and place_to
    order by id <> ${matter.platformId}, kind = 'district'`.execute(tx);
  return rows.filter((row) => actor.rights.mayAt('duty.keep', row)).map(({ code, name }) => ({ code, name }));
}
