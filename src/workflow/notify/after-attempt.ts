import type { ChannelResult } from '#model/command';

/** Waits after each attempt that failed, in seconds; after the last another channel is tried. Red does not wait for long. */
const WAITS: Readonly<Record<'red' | 'other', readonly number[]>> = { red: [5], other: [5, 20, 60] };
/** So many refused in a row, and a channel is down. */
export const DOWN_AFTER = 5;
/** How often one that is down is tried. */
export const PROBE_MS = 60_000;

export type AfterAttempt =
  | { readonly kind: 'sent'; readonly providerId: string | null }
  /** Not counted as an attempt: the provider has asked us to wait. */
  | { readonly kind: 'limited'; readonly at: number }
  | { readonly kind: 'again'; readonly at: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** What comes after an attempt; `attempts` counts this one. */
export function afterAttempt(
  result: ChannelResult,
  { at, attempts, isRed }: { readonly at: number; readonly attempts: number; readonly isRed: boolean },
): AfterAttempt {
  if (result.kind === 'sent') return result;
  if (result.kind === 'limited') return { kind: 'limited', at: at + Math.max(1000, result.retryAfterMs) };
  const reason = `${result.text}（${result.code}）`;
  const wait = WAITS[isRed ? 'red' : 'other'][attempts - 1];
  if (result.forGood || wait === undefined) return { kind: 'failed', reason };
  return { kind: 'again', at: at + wait * 1000, reason };
}
