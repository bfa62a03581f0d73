import { FAULT_KIND_RULES } from '#model/operations';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';

import { findSubject } from './find-subject.ts';
import { openFaults } from './open-faults.ts';

/** `alarm.refused` and `warning.judged`: somebody has said that it was none, and why. */
interface RefusalEvent {
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A false alarm of a broken sensor is a fault of its point, reported by whoever said so; one that stands already stays the one. */
export async function followRefusals(tx: Tx, events: readonly RefusalEvent[], now: number): Promise<void> {
  for (const { payload } of events) {
    const { reason, point, text, by } = payload;
    if (reason !== 'sensor-fault' || typeof point !== 'string') continue;
    const subject = { kind: 'point', key: point } as const;
    const found = await findSubject(tx, subject);
    if (!found) continue;
    const reportedBy = typeof by === 'string' ? by : '';
    const summary = typeof text === 'string' && text !== '' ? text : FAULT_KIND_RULES.damaged.text;
    const [opened] = await openFaults(tx, now, [
      { ...found, kind: 'damaged', subject, foundBy: 'person', reportedBy, summary },
    ]);
    if (!opened) continue;
    await auditRule(tx, { rule: 'fault.false-alarm', at: now }, [
      {
        action: 'fault.open',
        subject: `fault/${opened.code}`,
        place: opened.place,
        scenario: opened.scenarios[0] ?? null,
        after: { state: 'open', note: summary, by: reportedBy },
      },
    ]);
  }
}
