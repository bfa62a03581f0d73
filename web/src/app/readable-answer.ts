/** What the server answered, as it was written down on the device. */
export interface Answer {
  readonly at: number;
  /** Which shapes the server answered in. */
  readonly shapes?: string;
  readonly data: unknown;
}

/** Older answers are not shown: by then the order is in other hands. */
const OLDEST_MS = 72 * 3_600_000;

/** Whether this page can show it: one of another version may lack what this page reads. */
export function isReadable(
  answer: Answer,
  { now, shapes }: { readonly now: number; readonly shapes: string },
): boolean {
  return answer.shapes === shapes && now - answer.at <= OLDEST_MS;
}
