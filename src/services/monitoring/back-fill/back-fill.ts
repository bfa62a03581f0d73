import { AppError } from '#base';
import {
  BACK_FILL_ROWS,
  type BackFillFault,
  type backFillRoutes,
  type BackFillReport,
} from '#contract/monitoring';
import { QUALITY, ReadingBatchBuilder } from '#model/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

import type { MonitoringDesk } from '../desk.ts';
import type { PointBook } from '../point-book.ts';
import type { BackFillRuns } from './back-fill-runs.ts';
import { type Cell, type FilledRow, readRows } from './read-rows.ts';

/** What a back-fill needs; what reads a sheet is handed in by whoever wires the rooms. */
export interface BackFillDesk {
  readonly desk: MonitoringDesk;
  readonly runs: BackFillRuns;
  readonly readSheet: (read: {
    readonly raw: Uint8Array;
    readonly most: number;
    readonly wanted: string | undefined;
  }) => Promise<{ readonly rows: readonly (readonly Cell[])[] }>;
  readonly readCsv: (raw: Uint8Array) => readonly (readonly string[])[];
}

interface Asked {
  readonly query: z.output<typeof backFillRoutes.backFill.query>;
  readonly raw: Buffer;
  readonly contentType: string;
}

const BATCH = 2000;

/**
 * 补录: readings that were kept elsewhere while nothing came through, put in as late ones: stored in their place, they fill windows
 * and raise nothing; those that are there already stay as they are. A dry run tells every fault. Throws `import.unreadable`,
 * `import.faulty`, `service.unavailable`.
 */
export async function backFill(
  context: RequestContext,
  tools: BackFillDesk,
  asked: Asked,
): Promise<BackFillReport> {
  context.authorize('reading.back-fill');
  const read = readRows(await tableOf(tools, asked));
  if (read.count === 0) throw new AppError('import.unreadable', { reason: '表头下面没有数据' });
  if (read.count > BACK_FILL_ROWS)
    throw new AppError('import.unreadable', { reason: `数据超过 ${BACK_FILL_ROWS} 行，请分成几个文件` });
  const { book } = tools.desk.ingest;
  const mine = await pointsInReach(context, read.rows);
  const faults = [...read.faults, ...faultsOf(read.rows, { book, mine, now: context.now() })];
  faults.sort((one, other) => one.row - other.row);
  const [first] = faults;
  if (first && !asked.query.dryRun) {
    const issue = `${first.column} ${first.message}`;
    throw new AppError('import.faulty', { count: faults.length, row: first.row, issue });
  }
  const applied = asked.query.dryRun
    ? 0
    : await apply(context, tools, { name: asked.query.name, rows: read.rows });
  const moments = read.rows.map(({ at }) => at);
  return {
    dryRun: asked.query.dryRun,
    rows: read.count,
    points: new Set(read.rows.map(({ point }) => point)).size,
    from: moments.length === 0 ? null : moments.reduce((one, other) => Math.min(one, other)),
    to: moments.length === 0 ? null : moments.reduce((one, other) => Math.max(one, other)),
    faults,
    applied,
  };
}

async function tableOf(
  { readSheet, readCsv }: BackFillDesk,
  { raw, contentType }: Asked,
): Promise<readonly (readonly Cell[])[]> {
  if (raw.length === 0) throw new AppError('import.unreadable', { reason: '没有内容' });
  // A zip begins with PK: Windows calls CSV files Excel's, too.
  const isSheet = contentType.includes('openxml') || raw.subarray(0, 2).toString('latin1') === 'PK';
  if (isSheet) return (await readSheet({ raw, most: BACK_FILL_ROWS, wanted: undefined })).rows;
  return readCsv(raw);
}

async function pointsInReach(
  context: RequestContext,
  rows: readonly FilledRow[],
): Promise<ReadonlySet<string>> {
  const codes = [...new Set(rows.map(({ point }) => point))];
  const found = await context.transaction((tx) =>
    tx
      .selectFrom('point')
      .select('code')
      .where('code', 'in', [...codes, ''])
      .execute(),
  );
  return new Set(found.map(({ code }) => code));
}

interface Known {
  readonly book: PointBook;
  readonly mine: ReadonlySet<string>;
  readonly now: number;
}

function faultsOf(rows: readonly FilledRow[], known: Known): readonly BackFillFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((filled) => {
    const key = `${filled.at} ${filled.point}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, filled.row);
    const fault = before === undefined ? faultOf(filled, known) : twice(before);
    return fault === undefined ? [] : [{ row: filled.row, ...fault }];
  });
}

type Fault = Omit<BackFillFault, 'row'>;

const twice = (row: number): Fault => ({
  column: '时间',
  value: '',
  message: `与第 ${row} 行是同一监测点同一时间。请删去一行。`,
});

function faultOf({ point, at, value }: FilledRow, { book, mine, now }: Known): Fault | undefined {
  const booked = mine.has(point) ? book.find(point) : undefined;
  if (!booked)
    return {
      column: '监测点',
      value: point,
      message: '没有这个监测点，或它不在您的管辖范围内。请核对编码。',
    };
  if (at > now) return { column: '时间', value: '', message: '时间在将来。请核对日期。' };
  if ((book.session[booked.id] ?? 0) !== 0)
    return { column: '监测点', value: point, message: '监测点正在回放。请等回放结束再补录。' };
  const { range } = booked;
  if (range && (value < range[0] || value > range[1]))
    return {
      column: '数值',
      value: String(value),
      message: `超出量程 ${range[0]}～${range[1]}。请核对单位。`,
    };
  return undefined;
}

async function apply(
  context: RequestContext,
  { desk, runs }: BackFillDesk,
  { name, rows }: { readonly name: string; readonly rows: readonly FilledRow[] },
): Promise<number> {
  const { actor } = context;
  const run = runs.begin({
    name,
    by: actor.name,
    account: actor.accountId,
    rows: rows.length,
    startedAt: context.now(),
  });
  try {
    const inOrder = rows.toSorted((one, other) => one.at - other.at);
    for (let from = 0; from < inOrder.length; from += BATCH) {
      const part = inOrder.slice(from, from + BATCH);
      const builder = new ReadingBatchBuilder(0, part.length);
      for (const { point, at, value } of part)
        builder.add(desk.ingest.book.find(point)?.id ?? 0, at, value, QUALITY.late);
      await desk.ingest.accept(builder.finish());
      run.done += part.length;
    }
    run.state = 'done';
  } catch (error) {
    run.state = 'failed';
    throw error;
  } finally {
    run.endedAt = context.now();
    await context.transaction((tx) =>
      audit(context, tx, {
        action: 'reading.back-fill',
        subject: `back-fill/${name}`,
        after: { rows: rows.length, applied: run.done, state: run.state },
      }),
    );
  }
  return run.done;
}

/** One's own back-fills since the start. */
export async function listBackFills(
  context: RequestContext,
  { runs }: Pick<BackFillDesk, 'runs'>,
): Promise<{ items: ReturnType<BackFillRuns['of']> }> {
  context.authorize('reading.back-fill');
  return { items: runs.of(context.actor.accountId) };
}
