import type { FaultState, FaultSubject } from '#model/operations';

/** One thing a rule finds wrong now. */
export interface Finding {
  readonly subject: FaultSubject;
  /** What is wrong, in a sentence with figures. */
  readonly summary: string;
}

/** What a rule has looked at: what is wrong, and of which of the others it can say that they are well. */
export interface FaultRound<Found extends Finding = Finding> {
  readonly wrong: readonly Found[];
  /** False where it cannot tell, or where a wider fault covers it: such a fault stays as it is. */
  readonly isWell: (subject: FaultSubject) => boolean;
}

/** A fault of the rule's kind that is not closed. */
export interface StandingFault {
  readonly id: number;
  readonly subject: FaultSubject;
  readonly state: FaultState;
  /** False for what a person reported: only a person takes that back. */
  readonly byRule: boolean;
}

/** What follows from a round, subject by subject. */
export interface Settlement<Found extends Finding, Standing extends StandingFault> {
  readonly opened: readonly Found[];
  readonly returned: readonly { readonly fault: Standing; readonly finding: Found }[];
  readonly recovered: readonly Standing[];
}

/**
 * Compares what a rule finds with what stands: one fault a subject, however often it is found. What has recovered and is
 * found again before somebody closed it is the same fault, reopened. The second time in a row nothing follows.
 */
export function settleFaults<Found extends Finding, Standing extends StandingFault>(
  standing: readonly Standing[],
  round: FaultRound<Found>,
): Settlement<Found, Standing> {
  const bySubject = new Map(standing.map((fault) => [keyOf(fault.subject), fault]));
  const found = new Map(round.wrong.map((finding) => [keyOf(finding.subject), finding]));
  const opened: Found[] = [];
  const returned: { fault: Standing; finding: Found }[] = [];
  for (const [key, finding] of found) {
    const fault = bySubject.get(key);
    if (!fault) opened.push(finding);
    else if (fault.state === 'resolved') returned.push({ fault, finding });
  }
  const recovered = standing.filter(
    ({ subject, state, byRule }) =>
      byRule && state !== 'resolved' && !found.has(keyOf(subject)) && round.isWell(subject),
  );
  return { opened, returned, recovered };
}

function keyOf({ kind, key }: FaultSubject): string {
  return `${kind}\u0000${key}`;
}
