import type { ReportChannel, ReportDutyKind, ReportRecipient, ReportStage } from '#model/command';

/** A duty that is still owed. */
interface Owed {
  readonly id: number;
  readonly kind: ReportDutyKind;
  readonly platform: number;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly missingAt: number;
}

/** A report that was made. */
interface Made {
  readonly platform: number;
  readonly recipient: ReportRecipient;
  readonly channel: ReportChannel;
  readonly stage: ReportStage;
  readonly reportedAt: number;
}

/**
 * Which duties a report fulfils: those of the same sender, recipient and channel whose trigger was there when it was made. The last
 * report alone fulfils what asks for it. Of a series it fulfils one: the oldest that can still be made up for. The hour in which
 * nobody told anything stays an hour in which nobody told anything.
 */
export function fulfilledDuties(owed: readonly Owed[], made: Made): readonly number[] {
  const same = owed.filter(
    (one) =>
      one.platform === made.platform &&
      one.recipient === made.recipient &&
      one.channel === made.channel &&
      one.startedAt <= made.reportedAt,
  );
  const series = same
    .filter(({ kind, missingAt }) => kind === 'update' && missingAt > made.reportedAt)
    .toSorted((a, b) => a.dueAt - b.dueAt);
  const [current] = made.stage === 'initial' ? [] : series;
  return same
    .filter(
      ({ kind, id }) =>
        kind === 'first' || (kind === 'final' && made.stage === 'final') || id === current?.id,
    )
    .map(({ id }) => id);
}
