import { CallError, isUnreachable } from '../../../app/call.ts';

/**
 * What becomes of an act that was not taken. `again`: later, nothing was decided · `signed-out`: once somebody has signed in
 * anew · `too-large`: smaller · `conflict`: a person decides.
 */
export type Judged = 'again' | 'signed-out' | 'too-large' | 'conflict';

const LATER: ReadonlySet<number> = new Set([408, 425, 429]);

export function judgeAnswer(error: unknown): Judged {
  // A bug of the page is no refusal of the act.
  if (!(error instanceof CallError)) return 'again';
  if (isUnreachable(error) || error.status >= 500 || LATER.has(error.status)) return 'again';
  if (error.status === 401 || error.code.startsWith('session.')) return 'signed-out';
  return error.status === 413 ? 'too-large' : 'conflict';
}

const FIRST_MS = 5000;
const LONGEST_MS = 5 * 60_000;

/** How long to wait after so many rounds without an answer: a phone under ground does not spend its battery on calling. */
export function backOff(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
}
