import { AppError } from '#base';
import type { sharingRoutes } from '#contract/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { estimateRows } from '../export/estimate-rows.ts';
import { exportFile, EXPORT_ROWS, type ReadingExport } from '../export/export-readings.ts';
import type { ExportSpan } from '../export/exported-rows.ts';
import type { PointView } from '../point-view.ts';
import { countUse } from './count-use.ts';
import { stateOf } from './grant-view.ts';
import { itemPoints } from './item-points.ts';
import { loadItem } from './item-view.ts';

const LONGEST_MS = 366 * 86_400_000;
/** Points of one file of the catalogue. */
const POINTS_MOST = 2000;

interface Ask {
  readonly params: { readonly id: number };
  readonly query: z.output<typeof sharingRoutes.exportSharedItem.query>;
}

/** An item of the catalogue as a file, for the owner's own people. Throws as {@link readSharedGrant}. */
export async function exportSharedItem(context: RequestContext, ask: Ask): Promise<ReadingExport> {
  context.authorize('reading.read');
  const span = spanOf(ask);
  const points = await context.transaction(async (tx) => {
    await loadItem(context, tx, ask.params.id);
    return counted(context, tx, { item: ask.params.id, grant: null, span });
  });
  return exportFile(context, points, { span, format: ask.query.format });
}

/**
 * What a grant lets a unit have, as a file: live readings only, counted under the grant and its day. Throws `access.denied` for
 * any token but the one it names, `sharing.not-in-force` outside of its time, `reading.export-too-large`.
 */
export async function readSharedGrant(context: RequestContext, ask: Ask): Promise<ReadingExport> {
  context.authorize('reading.read');
  const span = spanOf(ask);
  const points = await context.transaction(async (tx) => {
    const { item, grant } = await grantOf(context, tx, ask.params.id);
    return counted(context, tx, { item, grant, span });
  });
  return exportFile(context, points, { span, format: ask.query.format });
}

/** What was taken under a grant, by day, the newest first. Throws `record.not-found`. */
export async function getSharedUse(
  context: RequestContext,
  id: number,
): Promise<{ items: { day: string; requests: number; readings: number }[] }> {
  context.authorize('reading.read');
  return context.transaction(async (tx) => {
    const grant = await tx.selectFrom('shared_grant').select('id').where('id', '=', id).executeTakeFirst();
    if (!grant) throw new AppError('record.not-found', { what: '共享授权', id: String(id) });
    const items = await tx
      .selectFrom('shared_use')
      .select(['day', 'requests', 'readings'])
      .where('grant_id', '=', id)
      .orderBy('day', 'desc')
      .limit(366)
      .execute();
    return { items };
  });
}

async function grantOf(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<{ readonly item: number; readonly grant: number }> {
  const { rows } = await sql<{
    item_id: number;
    token_id: number | null;
    from_at: number;
    to_at: number;
    ended_at: number | null;
  }>`select item_id, token_id, from_at, to_at, ended_at from shared_grant where id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError('record.not-found', { what: '共享授权', id: String(id) });
  if (row.token_id === null || context.actor.username !== `token:${row.token_id}`) {
    throw new AppError('access.denied', { capability: 'reading.read' });
  }
  const state = stateOf(row, context.now());
  if (state !== 'in-force') throw new AppError('sharing.not-in-force', { state: STATE_TEXT[state] });
  return { item: row.item_id, grant: id };
}

const STATE_TEXT = { waiting: '还没有开始', over: '已经到期', ended: '已被结束' } as const;

/** Counted and audited before the first byte: what was asked for was given, whether it is read to its end or not. */
async function counted(
  context: RequestContext,
  tx: Tx,
  { item, grant, span }: { readonly item: number; readonly grant: number | null; readonly span: ExportSpan },
): Promise<readonly PointView[]> {
  const points = await itemPoints(tx, item, POINTS_MOST);
  const rows = points.length > POINTS_MOST ? Number.POSITIVE_INFINITY : await estimateRows(tx, points, span);
  if (rows > EXPORT_ROWS) {
    const count = points.length > POINTS_MOST ? `${points.length - 1} 多个监测点的` : rows;
    throw new AppError('reading.export-too-large', { count, limit: EXPORT_ROWS });
  }
  await countUse(tx, { item, grant, at: context.now(), readings: rows });
  await audit(context, tx, {
    action: 'shared-item.read',
    subject: `shared-item/${item}`,
    after: { grant, from: span.from, to: span.to, points: points.length, rows },
  });
  return points;
}

function spanOf({ query: { from, to } }: Ask): ExportSpan {
  if (to <= from || to - from > LONGEST_MS) {
    throw new AppError('input.invalid', { issues: '取数的时段须在 366 天以内，且结束晚于开始' });
  }
  return { from, to, rows: 'live' };
}
