import type { DutyStanding } from '#model/command';

interface DutyMoments {
  readonly dueAt: number;
  readonly missingAt: number;
  /** When it was really reported; null: not yet. */
  readonly fulfilledAt: number | null;
  readonly stoppedAt: number | null;
}

/** How a duty stands at a moment. Nothing else is looked at: what somebody says of it does not make it in time. */
export function dutyStanding(duty: DutyMoments, now: number): DutyStanding {
  if (duty.fulfilledAt !== null) return duty.fulfilledAt > duty.dueAt ? 'late' : 'in-time';
  if (duty.stoppedAt !== null) return 'stopped';
  if (now >= duty.missingAt) return 'missing';
  return now > duty.dueAt ? 'overdue' : 'waiting';
}
