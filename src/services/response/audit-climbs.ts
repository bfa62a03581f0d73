import type { DeadlineKind } from '#model/response';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import type { NextStep } from '#workflow';

import { recipientText, rungText } from './order-text.ts';

interface Climb {
  readonly row: {
    readonly code: string;
    readonly kind: DeadlineKind;
    readonly place: number;
    readonly scenario: number;
    readonly due_at: number;
    readonly was_overdue: boolean;
  };
  readonly step: Extract<NextStep, { kind: 'remind' }>;
}

/** Which limits ran out and who was reminded, into the audit. */
export async function auditClimbs(tx: Tx, climbs: readonly Climb[], now: number): Promise<void> {
  const records = climbs.flatMap(({ row, step }) => {
    const where = { subject: `work-order/${row.code}`, place: row.place, scenario: row.scenario };
    const overdue = {
      ...where,
      action: 'work-order.overdue',
      before: { overdue: false },
      after: { overdue: true, limit: row.kind, dueAt: row.due_at },
    };
    const reminded = step.rungs.map((rung) => ({
      ...where,
      action: 'work-order.reminded',
      after: {
        limit: row.kind,
        reason: rungText(row.kind, rung.why),
        to: rung.recipients.map(recipientText),
        channels: rung.channels,
      },
    }));
    return step.overdue && !row.was_overdue ? [overdue, ...reminded] : reminded;
  });
  await auditRule(tx, { rule: 'run-deadlines', at: now }, records);
}
