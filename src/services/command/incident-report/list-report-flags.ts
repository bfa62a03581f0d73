import type { incidentReportRoutes, ReportFlagRecord } from '#contract/command';
import type { ReportFlag } from '#model/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { loadChanges } from './change-view.ts';
import { ORDER } from './duty-view.ts';

type Query = z.output<typeof incidentReportRoutes.listReportFlags.query>;
const MINUTE_MS = 60_000;

/**
 * A page of what is to be assessed: late, missing and changed, the newest first; of real matters only. What is overdue and may still
 * come is late by as much as it is late now.
 */
export async function listReportFlags(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: ReportFlagRecord[]; readonly next: string | null }> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const platform = query.platform === undefined ? undefined : await findPlatform(tx, query.platform);
    const rows = await loadFlags(tx, { ...query, now: context.now(), platform: platform?.id });
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.at, row.id));
    const changes = page.flatMap(({ change }) => change ?? []);
    const told = new Map(
      (changes.length === 0 ? [] : await loadChanges(tx, sql`c.id = any(${changes}::bigint[])`)).map(
        (one) => [one.id, one],
      ),
    );
    return { items: page.map((row) => ({ ...row, change: told.get(row.change ?? 0) ?? null })), next };
  });
}

type FlagRow = Omit<ReportFlagRecord, 'change'> & { readonly change: number | null };
type Asked = Omit<Query, 'platform'> & {
  readonly now: number;
  readonly platform: number | undefined;
};

async function loadFlags(tx: Tx, asked: Asked): Promise<readonly FlagRow[]> {
  const { now, kind, limit } = asked;
  const as = new Date(now);
  const missing = sql`d.fulfilled_at is null and d.missing_at <= ${as}`;
  const ofDuties: Readonly<Record<ReportFlag, RawBuilder<unknown>>> = {
    missing,
    late: sql`not (${missing})`,
    changed: sql`false`,
  };
  const duties = sql`
    select d.id * 2 as id, case when ${missing} then 'missing' else 'late' end as kind, d.due_at as at, d.platform_id,
      d.matter_id, json_build_object('rule', coalesce((select u.body->>'name' from report_rule u where u.code = d.rule), d.rule),
        'kind', d.kind, 'n', d.n, 'recipient', d.recipient, 'channel', d.channel, 'dueAt', ${epoch(sql`d.due_at`)},
        'fulfilledAt', ${epoch(sql`d.fulfilled_at`)}, 'lateMinutes',
        ceil(extract(epoch from coalesce(d.fulfilled_at, ${as}) - d.due_at) * 1000 / ${MINUTE_MS})::int) as duty,
      null::bigint as change
    from report_duty d
    where (d.fulfilled_at is null or d.fulfilled_at > d.due_at) and d.due_at <= ${as} and d.stopped_at is null
      and d.replay_session_id is null and not d.simulated and ${kind === undefined ? sql`true` : ofDuties[kind]}
      and ${within(asked, { at: sql`d.due_at`, id: sql`d.id * 2`, platform: sql`d.platform_id` })}
    order by d.due_at desc, d.id desc limit ${limit + 1}`;
  const changes = sql`
    select c.id * 2 + 1, 'changed', c.at, c.platform_id, c.matter_id, null::json, c.id
    from report_change c
    where c.flagged and c.replay_session_id is null and not c.simulated
      and ${kind === undefined || kind === 'changed' ? sql`true` : sql`false`}
      and ${within(asked, { at: sql`c.at`, id: sql`c.id * 2 + 1`, platform: sql`c.platform_id` })}
    order by c.at desc, c.id desc limit ${limit + 1}`;
  const { rows } = await sql<FlagRow>`
    select f.id, f.kind, f.at, json_build_object('code', p.code, 'name', p.name) as platform,
      json_build_object('id', m.id, 'title', m.title, 'order', ${ORDER}) as matter, f.duty, f.change
    from ((${duties}) union all (${changes})) f
    join platform p on p.id = f.platform_id join report_matter m on m.id = f.matter_id
    order by f.at desc, f.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

interface Columns {
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
  readonly platform: RawBuilder<unknown>;
}

function within({ after, from, to, platform }: Asked, columns: Columns): RawBuilder<unknown> {
  const cursor = readCursor(after);
  const conditions = [
    sql`true`,
    platform === undefined ? [] : sql`${columns.platform} = ${platform}`,
    from === undefined ? [] : sql`${columns.at} >= ${new Date(from)}`,
    to === undefined ? [] : sql`${columns.at} < ${new Date(to)}`,
    cursor === undefined ? [] : sql`(${columns.at}, ${columns.id}) < (${new Date(cursor.at)}, ${cursor.id})`,
  ].flat();
  return sql`${sql.join(conditions, sql` and `)}`;
}

function epoch(moment: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`extract(epoch from ${moment})::float8 * 1000`;
}
