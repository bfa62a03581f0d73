import { AppError, momentText } from '#base';
import type { commandRoutes } from '#contract/command';
import { CALL_OUTCOME_TEXT, type LogKind } from '#model/command';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { dayText } from '../moment-text.ts';
import { findLines, spanOf } from './find-lines.ts';
import { homePlatform } from './home-platform.ts';
import { loadLines, type LogRow, textOf } from './log-view.ts';

type Query = z.output<typeof commandRoutes.exportLog.query>;

const LONGEST_MS = 31 * 86_400_000;
const MOST_ROWS = 50_000;
const HEAD = [
  '时间',
  '平台',
  '类别',
  '内容',
  '记录人',
  '预警',
  '工单',
  '联系人',
  '通话结果',
  '交班须知',
  '划去',
];
const KIND_TEXT: Readonly<Record<LogKind, string>> = { system: '系统', note: '记事', call: '电话' };
/** So that spreadsheets read it as UTF-8. */
const BOM = '\u{FEFF}';

/** A span of the log as CSV, oldest first; the export itself is audited. Throws `input.invalid` for more than 31 days. */
export async function exportLog(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly name: string; readonly content: string }> {
  context.authorize('duty.read');
  const now = context.now();
  const span = spanOf(query);
  const to = span.to ?? now;
  const from = span.from ?? to - 86_400_000;
  if (to - from > LONGEST_MS || to <= from) {
    throw new AppError('input.invalid', { issues: '导出的时段须在 31 天以内，且结束晚于开始' });
  }
  return context.transaction(async (tx) => {
    const platform = await homePlatform(context, tx, { named: query.platform, capability: 'duty.read' });
    const { day: _day, ...filter } = query;
    const conditions = findLines(platform, { ...filter, from, to });
    const rows = await loadLines(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by l.at desc, l.id desc limit ${MOST_ROWS + 1}`,
    );
    if (rows.length > MOST_ROWS) {
      throw new AppError('input.invalid', { issues: `超过 ${MOST_ROWS} 行，请缩短时段或加条件` });
    }
    const { code, place, scenario } = platform;
    await audit(context, tx, {
      action: 'duty-log.export',
      subject: `platform/${code}`,
      after: { from, to, rows: rows.length },
      place,
      scenario,
    });
    const lines = [HEAD, ...rows.toReversed().map(cells)].map((row) => row.map(cell).join(','));
    return {
      name: `值班日志-${platform.name}-${dayText(from)}.csv`,
      content: `${BOM}${lines.join('\r\n')}\r\n`,
    };
  });
}

function cells(row: LogRow): readonly string[] {
  return [
    `${dayText(row.at)} ${momentText(row.at).split(' ')[1] ?? ''}`,
    row.platform.name,
    KIND_TEXT[row.kind],
    textOf(row),
    row.by ?? '系统',
    row.warning_id === null ? '' : String(row.warning_id),
    row.work_order?.code ?? '',
    row.contact?.name ?? '',
    row.outcome === null ? '' : CALL_OUTCOME_TEXT[row.outcome],
    row.for_handover ? '是' : '',
    struckText(row),
  ];
}

function struckText({ struck_at: at, struck_by: by, struck_reason: reason }: LogRow): string {
  return at === null ? '' : `${by ?? ''}：${reason ?? ''}`;
}

/** Quoted; a text that a spreadsheet would take for a formula is made a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
