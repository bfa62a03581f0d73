import { AppError } from '#base';
import type { WarningDetail } from '#contract/warning';
import { levelOf, type WarningChange } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { weighWarning } from './agreement/weigh-warning.ts';
import { type ConfidencesOf, loadEvidence, showEvidence } from './evidence-view.ts';
import { loadWarnings, showWarning } from './warning-view.ts';

/** One warning with its evidence (alarms, their signs and thresholds), how sure it is, and everything that happened to it. */
export async function getWarning(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
  confidencesOf: ConfidencesOf,
): Promise<WarningDetail> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => {
    const [row] = await loadWarnings(tx, sql`where w.id = ${params.id}`, context.now());
    if (!row) throw new AppError('record.not-found', { what: '预警', id: String(params.id) });
    const shown = showWarning(row, context);
    const rows = await loadEvidence(
      tx,
      sql`warning_evidence we join alarm a on a.id = we.alarm_id and we.warning_id = ${params.id}`,
    );
    // What a point is worth today says nothing of a warning that is over.
    const isOver = shown.state === 'closed';
    const points = isOver ? [] : [...new Set(rows.map(({ point_id }) => point_id))];
    const confidences = await confidencesOf(tx, points, context.now());
    return {
      ...shown,
      confidence: isOver ? null : await weighWarning(tx, { rows, confidences, now: context.now() }),
      evidence: await showEvidence(tx, rows, confidences),
      history: await loadHistory(tx, params.id),
    };
  });
}

async function loadHistory(tx: Tx, id: number): Promise<WarningDetail['history']> {
  const { rows } = await sql<{
    at: number;
    change: WarningChange;
    from_level: number;
    to_level: number;
    reason: string;
    by: string | null;
  }>`select at, change, from_level, to_level, reason, by from warning_change where warning_id = ${id} order by id`.execute(
    tx,
  );
  return rows.map((row) => ({
    at: row.at,
    change: row.change,
    fromLevel: levelOf(row.from_level) ?? null,
    toLevel: levelOf(row.to_level) ?? null,
    reason: row.reason,
    by: row.by,
  }));
}
