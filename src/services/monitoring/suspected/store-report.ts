import type { SocialReport } from '#contract/monitoring';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { nearDuplicate, type ReportFacts } from '#workflow';
import { sql } from 'kysely';

import type { ReportPlace } from './place-report.ts';

/** Who reported, through which source or by which account, when (epoch ms). */
export interface Reported {
  readonly source: number | null;
  readonly reporter: number | null;
  readonly by: string;
  readonly at: number;
  readonly simulated: boolean;
}

const RECENT_MS = 6 * 3_600_000;
const MOST_COMPARED = 2000;

/** Keeps a report as a suspected event, with what is probably the same thing. Sent again it is the one there is. */
export async function storeReport(
  tx: Tx,
  report: SocialReport,
  where: ReportPlace,
  reported: Reported,
): Promise<number> {
  // One after the other: of two that come at once the second must see the first.
  await sql`select pg_advisory_xact_lock(20240024)`.execute(tx);
  const known = await findKnown(tx, reported, report.key);
  if (known !== undefined) return known;
  const { place, scenario } = where;
  const at = report.observedAt ?? reported.at;
  const facts = { id: 0, text: report.text, kind: report.kind, at, ...where };
  const same = nearDuplicate(facts, await recentReports(tx, at));
  const row = await tx
    .insertInto('suspected_event')
    .values({
      origin: 'social',
      source_id: reported.source,
      event_key: report.key ?? null,
      place,
      scenario,
      object_id: where.object,
      element_code: report.element ?? null,
      kind: report.kind,
      kind_name: report.kind,
      text: report.text,
      lat: where.lat,
      lon: where.lon,
      place_name: report.place ?? null,
      group_id: same ? same.group : null,
      observed_at: new Date(at),
      last_at: new Date(at),
      received_at: new Date(reported.at),
      reported_by: reported.by,
      reporter_id: reported.reporter,
      simulated: reported.simulated || where.simulated,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const payload = { id: row.id, text: `${report.kind}，待核实` };
  await announce(tx, [{ type: 'suspected-event.raised', at: reported.at, place, scenario, payload }]);
  return row.id;
}

async function findKnown(
  tx: Tx,
  { source, reporter }: Reported,
  key: string | undefined,
): Promise<number | undefined> {
  if (key === undefined) return undefined;
  const row = await tx
    .selectFrom('suspected_event')
    .select('id')
    .where('event_key', '=', key)
    .where(source === null ? 'reporter_id' : 'source_id', '=', source ?? reporter)
    .executeTakeFirst();
  return row?.id;
}

/** Reports of the last hours; of a group its first one counts for where the next belongs. */
async function recentReports(
  tx: Tx,
  at: number,
): Promise<readonly (ReportFacts & { readonly group: number })[]> {
  const { rows } = await sql<ReportFacts & { readonly group: number }>`
    select id, coalesce(group_id, id) as group, coalesce(text, '') as text, kind, observed_at as at, object_id as object, lat, lon
    from suspected_event where origin = 'social' and last_at between ${new Date(at - RECENT_MS)} and ${new Date(at + RECENT_MS)}
    order by id desc limit ${MOST_COMPARED}`.execute(tx);
  return rows;
}
