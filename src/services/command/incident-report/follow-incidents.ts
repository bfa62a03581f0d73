import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { coverDuties } from './cover-duties.ts';
import type { RuleInForce } from './report-rules.ts';
import { insertDuties, type OwingMatter, tellPlatforms } from './save-duties.ts';
import { type EndedMatter, nextOfSeries, settledDuties } from './settled-duties.ts';

export interface ReportGround {
  readonly rules: readonly RuleInForce[];
  readonly now: number;
}

/**
 * What happens to incidents that are reported on as a whole (合并报送): orders that came in are covered, those that left owe for
 * themselves again, the incident's end asks for its last report, and a report that was made of it stands for what was late of its
 * orders.
 */
export async function followIncidents(
  tx: Tx,
  events: readonly Event[],
  { rules, now }: ReportGround,
): Promise<void> {
  const told = events.filter(({ place }) => place !== SELF_TEST_PLACE);
  const idsOf = (type: string): readonly number[] =>
    told.filter((one) => one.type.startsWith(type)).map(({ payload }) => payload.id);
  const incidents = await wholeMatters(tx, idsOf('incident.'), idsOf('incident-report.'));
  if (incidents.length === 0) return;
  await standFor(
    tx,
    told.flatMap(({ payload }) => Number(payload['report'] ?? 0) || []),
  );
  const left = await release(tx, incidents, now);
  const ends = await markEnds(tx, incidents, now);
  const asked = await insertDuties(tx, [
    ...(await nextOfSeries(tx, left)),
    ...(await settledDuties(tx, ends, rules)),
  ]);
  const covered = await coverDuties(tx, sql`g.incident_id = any(${[...incidents]}::bigint[])`, now);
  await tellPlatforms(tx, { type: 'incident-report.due', at: now }, [...asked, ...covered.asked]);
  if (left.length > 0 || covered.moved.size > 0) await tellPages(tx, incidents, now);
}

/** What the whole stands for has changed: pages of it and of its orders ask anew. */
async function tellPages(tx: Tx, incidents: readonly number[], now: number): Promise<void> {
  const { rows } = await sql<{ id: number; place: number; scenario: number | null; title: string }>`
    select m.id, a.place, a.scenario, m.title from incident_audience(${[...incidents]}::bigint[]) a
    join report_matter m on m.incident_id = a.incident_id order by m.id, a.own desc, a.place, a.scenario`.execute(
    tx,
  );
  await announce(
    tx,
    rows.map(({ id, place, scenario, title }) => ({
      type: 'incident-report.changed',
      at: now,
      place,
      scenario,
      payload: { id, report: 0, text: title.slice(0, 200).toWellFormed() },
    })),
  );
}

/** Incidents that have a matter of their own, by their numbers or by the matter's. */
async function wholeMatters(
  tx: Tx,
  incidents: readonly number[],
  matters: readonly number[],
): Promise<readonly number[]> {
  if (incidents.length + matters.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select incident_id as id from report_matter where incident_id = any(${[...incidents]}::bigint[])
    union select incident_id from report_matter where id = any(${[...matters]}::bigint[]) and incident_id is not null`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** A report on the whole fulfils what its orders were late with, to the same recipient by the same channel: late, but told. */
async function standFor(tx: Tx, reports: readonly number[]): Promise<void> {
  if (reports.length === 0) return;
  await sql`update report_duty d set fulfilled_at = r.reported_at, report_id = r.id
    from incident_report r join report_matter g on g.id = r.matter_id join report_matter m on m.covered_by = g.id
    where r.id = any(${[...reports]}::bigint[]) and d.matter_id = m.id and d.kind <> 'final' and d.fulfilled_at is null
      and d.stopped_at is null and d.recipient = r.recipient and d.channel = r.channel and d.started_at <= r.reported_at
      and (d.kind = 'first' or d.missing_at > r.reported_at)
      and r.platform_id = case when d.platform_id = m.platform_id then g.platform_id else d.platform_id end`.execute(
    tx,
  );
}

/**
 * Matters whose orders have left: what went over to the whole comes back as it was, unless a report on the whole has told it since.
 * Gives those that go on, whose series begin anew where they do not come back.
 */
async function release(
  tx: Tx,
  incidents: readonly number[],
  now: number,
): Promise<readonly (OwingMatter & { readonly at: number })[]> {
  const { rows } = await sql<Omit<EndedMatter, 'at' | 'aside'>>`
    with left_ as (
      select m.id, m.covered_by as whole from report_matter m join report_matter g on g.id = m.covered_by
      join work_order o on o.id = m.work_order_id
      where g.incident_id = any(${[...incidents]}::bigint[]) and o.incident_id is distinct from g.incident_id
    ), freed as (
      update report_matter m set covered_by = null, covered_at = null from left_ l where m.id = l.id returning m.*
    ), back as (
      update report_duty d set stopped_at = null, covered_at = null, next_at = d.due_at from left_ l, freed f
      where f.id = l.id and f.closed_at is null and d.matter_id = l.id and d.covered_at is not null and d.fulfilled_at is null
        and not exists (select from incident_report r where r.matter_id = l.whole and r.recipient = d.recipient
          and r.channel = d.channel and r.reported_at >= d.covered_at)
      returning d.id
    )
    select f.id, f.place, f.scenario, f.title, f.platform_id as platform, f.replay_session_id as session, f.simulated
    from freed f where f.closed_at is null`.execute(tx);
  return rows.map((row) => ({ ...row, at: now }));
}

/** Closes the matters of incidents that are closed, and opens those of incidents that were reopened. */
async function markEnds(
  tx: Tx,
  incidents: readonly number[],
  now: number,
): Promise<{ readonly closed: readonly EndedMatter[]; readonly reopened: readonly EndedMatter[] }> {
  const { rows } = await sql<Omit<EndedMatter, 'at' | 'aside'> & { closed: boolean }>`
    update report_matter g set closed_at = case when i.state = 'closed' then ${new Date(now)}::timestamptz end
    from incident i where i.id = g.incident_id and g.incident_id = any(${[...incidents]}::bigint[])
      and (g.closed_at is not null) <> (i.state = 'closed')
    returning g.id, g.place, g.scenario, g.title, g.platform_id as platform, g.replay_session_id as session, g.simulated,
      i.state = 'closed' as closed`.execute(tx);
  const ended = rows.map(({ closed, ...row }) => ({ closed, matter: { ...row, at: now, aside: false } }));
  return {
    closed: ended.filter(({ closed }) => closed).map(({ matter }) => matter),
    reopened: ended.filter(({ closed }) => !closed).map(({ matter }) => matter),
  };
}
