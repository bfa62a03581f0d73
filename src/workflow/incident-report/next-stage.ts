import type { ReportStage } from '#model/command';

/** Reports that went the same way before: same matter, sender, recipient and channel. */
interface Sent {
  readonly stage: ReportStage;
  readonly number: number;
}

/** What the next report is: 初报 first, then 续报 counted on, 终报 where it is the last word. */
export function nextStage(
  before: readonly Sent[],
  isFinal: boolean,
): { readonly stage: ReportStage; readonly number: number } {
  const stage = isFinal ? 'final' : before.length === 0 ? 'initial' : 'update';
  const numbers = before.filter((one) => one.stage === stage).map(({ number }) => number);
  return { stage, number: Math.max(0, ...numbers) + 1 };
}
