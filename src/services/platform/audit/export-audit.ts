import { AppError, csvLine, toBeijing } from '#base';
import type { AuditEntry, auditRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { auditConditions, type AuditCursor, type AuditFilter } from './audit-filter.ts';
import { loadAudit, showAudit } from './audit-view.ts';
import { beijingDay } from './write-head.ts';

type Query = z.output<typeof auditRoutes.exportAudit.query>;

/** As many rows one file may hold; more is asked for in parts. */
export const EXPORT_LIMIT = 100_000;
const PAGE = 2000;
const COLUMNS = [
  '序号',
  '记录',
  '时间',
  '操作人',
  '姓名',
  '代理',
  '地址',
  '动作',
  '对象',
  '变更前',
  '变更后',
  '平台',
  '场景',
];

/** A file that is written while it is sent. */
export interface AuditExport {
  readonly name: string;
  readonly type: string;
  readonly text: AsyncGenerator<string>;
}

/**
 * The audit that a filter finds, as a file, newest first. That it was taken out is itself written down before the first line is
 * sent. Throws `audit.too-many` where the file would be longer than it may.
 */
export async function exportAudit(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<AuditExport> {
  context.authorize('audit.export');
  const { format, ...filter } = query;
  const newest = await context.transaction(async (tx) => {
    const where = await auditConditions(tx, filter, undefined);
    const { rows } = await sql<{ n: number; newest: number | null }>`
      select count(*) as n, max(id) as newest from (select id from audit a where ${where} limit ${EXPORT_LIMIT + 1}) f`.execute(
      tx,
    );
    const { n = 0, newest = null } = rows[0] ?? {};
    if (n > EXPORT_LIMIT) throw new AppError('audit.too-many', { limit: EXPORT_LIMIT });
    await audit(context, tx, {
      action: 'audit.export',
      subject: 'audit',
      after: { ...filter, format, rows: n },
    });
    return newest ?? 0;
  });
  const day = beijingDay(context.now());
  return format === 'csv'
    ? {
        name: `审计记录-${day}.csv`,
        type: 'text/csv; charset=utf-8',
        text: csv(pages(context, filter, newest)),
      }
    : {
        name: `审计记录-${day}.ndjson`,
        type: 'application/x-ndjson; charset=utf-8',
        text: ndjson(pages(context, filter, newest)),
      };
}

/** Page by page, each in a short transaction: a slow reader must not hold the tables. What comes later is not in the file. */
async function* pages(
  context: RequestContext,
  filter: AuditFilter,
  newest: number,
): AsyncGenerator<readonly AuditEntry[]> {
  let cursor: AuditCursor | undefined;
  for (let more = true; more;) {
    const rows = await context.transaction(async (tx) => {
      const where = await auditConditions(tx, filter, cursor);
      return loadAudit(
        tx,
        sql`where ${where} and a.id <= ${newest} order by a.at desc, a.id desc limit ${PAGE}`,
      );
    });
    yield rows.map(showAudit);
    cursor = rows.at(-1);
    more = rows.length === PAGE;
  }
}

async function* ndjson(pages: AsyncGenerator<readonly AuditEntry[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

async function* csv(pages: AsyncGenerator<readonly AuditEntry[]>): AsyncGenerator<string> {
  // The mark by which a spreadsheet knows UTF-8.
  yield `\u{feff}${csvLine(COLUMNS)}`;
  for await (const page of pages) yield page.map(csvOf).join('');
}

function csvOf(entry: AuditEntry): string {
  return csvLine([
    entry.seq,
    entry.id,
    momentText(entry.at),
    entry.actor,
    entry.actorName,
    entry.actingFor,
    entry.address,
    entry.action,
    entry.subject,
    json(entry.before),
    json(entry.after),
    entry.place,
    entry.scenario,
  ]);
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** `2026-11-20 09:00:00.123`, Beijing. */
function momentText(at: number): string {
  const { msOfDay } = toBeijing(at);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const time = `${two(msOfDay / 3_600_000)}:${two((msOfDay / 60_000) % 60)}:${two((msOfDay / 1000) % 60)}`;
  return `${beijingDay(at)} ${time}.${String(msOfDay % 1000).padStart(3, '0')}`;
}
