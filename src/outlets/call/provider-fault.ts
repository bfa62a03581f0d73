import type { ChannelResult } from '#model/command';

import type { CallOutcome } from './call-out.ts';
import { cutBytes } from './cut-text.ts';

/** What a provider's codes mean: too fast (with how long to wait), or not to be mended by trying again. All others may be tried again. */
export interface CodeTable {
  readonly limited: Readonly<Record<string, number>>;
  readonly forGood: ReadonlySet<string>;
}

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
const TEXT_MOST_BYTES = 600;
/** Answers of HTTP that may be another one next time; other refusals of the 3xx and 4xx are for good. */
const PASSING = new Set([408, 409, 423, 425]);
/** Names of ours that another attempt does not change: the address is inside, or what was to be sent cannot be. */
const OURS_FOR_GOOD = new Set(['inside', 'malformed', 'in-clear']);

/** A refusal of ours, by name. */
export const refusedBy = (code: string, text: string): ChannelResult => ({
  kind: 'refused',
  forGood: OURS_FOR_GOOD.has(code),
  code,
  text,
});

/** What went wrong by HTTP itself; undefined where 2xx was answered. */
export function failedCall(outcome: CallOutcome, now: number): ChannelResult | undefined {
  if (!outcome.answered) return refusedBy(outcome.code, outcome.text);
  const { status } = outcome;
  if (status >= 200 && status < 300) return undefined;
  if (status === 429)
    return {
      kind: 'limited',
      retryAfterMs: retryAfterOf(outcome.headers['retry-after'], now) ?? MINUTE_MS,
    };
  return {
    kind: 'refused',
    forGood: status < 500 && !PASSING.has(status),
    code: `http-${status}`,
    text: `对方回答 ${status}`,
  };
}

/** A code of the provider's own that is no success. `hidden`: secrets and addresses that its text may repeat. */
export function refusedByProvider(
  codes: CodeTable,
  {
    code,
    text,
    hidden,
  }: { readonly code: string; readonly text: string; readonly hidden: readonly string[] },
): ChannelResult {
  const wait = codes.limited[code];
  if (wait !== undefined) return { kind: 'limited', retryAfterMs: wait };
  return { kind: 'refused', forGood: codes.forGood.has(code), code, text: scrub(text, hidden) };
}

function scrub(text: string, hidden: readonly string[]): string {
  const known = hidden.filter((one) => one.length >= 3).toSorted((a, b) => b.length - a.length);
  const clean = known.reduce((left, one) => left.replaceAll(one, '…'), text);
  return cutBytes(clean.replaceAll(/\s+/gu, ' '), TEXT_MOST_BYTES);
}

/** RFC 9110 §10.2.3: seconds, or a date. Null where it is neither. */
function retryAfterOf(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const ms = /^\d{1,9}$/u.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), LONGEST_WAIT_MS) : null;
}
