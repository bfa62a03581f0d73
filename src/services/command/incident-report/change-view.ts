import type { ReportMatterDetail } from '#contract/command';
import { CASUALTY_TEXT, type CasualtyKind, REPORT_FIELD_TEXT, type ReportField } from '#model/command';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type Change = ReportMatterDetail['changes'][number];

/** Changes that the caller may see, the oldest first. `c` is the change. */
export async function loadChanges(tx: Tx, where: RawBuilder<unknown>): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'fieldText'>>`
    select c.id, c.report_id as report, c.at, c.by, c.field, c.before, c.after, c.reason, c.flagged
    from report_change c where ${where} order by c.id`.execute(tx);
  return rows.map((row) => ({ ...row, fieldText: fieldText(row.field) }));
}

/** The name of what was changed. */
function fieldText(field: string): string {
  return (
    REPORT_FIELD_TEXT[field as ReportField] ??
    CASUALTY_TEXT[field as CasualtyKind] ??
    (field === 'eventAt' ? '发生时间' : field)
  );
}
