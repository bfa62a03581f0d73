import { levelOf } from '#model/warning';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import type { WarningDraft } from '#workflow';

interface Changed {
  readonly id: number | undefined;
  readonly place: number;
  readonly scenario: number;
  readonly draft: WarningDraft;
}

/** What the rule made of warnings, into the audit: one row a change, when we did it and not when the device measured it. */
export async function auditChanges(tx: Tx, works: readonly Changed[], now: number): Promise<void> {
  const records = works.flatMap(({ id, place, scenario, draft }) =>
    draft.changes.map(({ change, fromLevel, toLevel, reason }) => ({
      action: `warning.${change}`,
      subject: `warning/${id}`,
      place,
      scenario,
      before: change === 'raised' ? null : { level: levelOf(fromLevel) ?? null },
      after: { level: levelOf(toLevel) ?? null, reason },
    })),
  );
  await auditRule(tx, { rule: 'follow-alarms', at: now }, records);
}
