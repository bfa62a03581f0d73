import { metresBetween } from './metres-between.ts';

/** A report as far as it tells whether another one means the same thing. */
export interface ReportFacts {
  readonly id: number;
  readonly text: string;
  readonly kind: string;
  /** Epoch ms. */
  readonly at: number;
  readonly object: number | null;
  /** WGS 84. */
  readonly lat: number | null;
  readonly lon: number | null;
}

const WITHIN_MS = 6 * 3_600_000;
const NEAR_M = 500;
/** So much of the shorter text must stand in the other: near each other, and where nobody knows where one of them is. */
const ALIKE_NEAR = 0.3;
const ALIKE_ANYWHERE = 0.6;
/** The same kind at the same place is told in other words, too. */
const ALIKE_KIND = 0.12;

/**
 * The report among earlier ones that probably means the same thing, undefined where none does: near in time, near in space, and
 * told in similar words.
 */
export function nearDuplicate<Report extends ReportFacts>(
  report: ReportFacts,
  earlier: readonly Report[],
): Report | undefined {
  let best: { readonly one: Report; readonly alike: number } | undefined;
  for (const one of earlier) {
    if (one.id === report.id || Math.abs(one.at - report.at) > WITHIN_MS) continue;
    const alike = similarity(report.text, one.text);
    if (alike >= neededFor(report, one) && alike > (best?.alike ?? -1)) best = { one, alike };
  }
  return best?.one;
}

function neededFor(one: ReportFacts, other: ReportFacts): number {
  const apart = distance(one, other);
  if (apart === undefined) return ALIKE_ANYWHERE;
  if (apart > NEAR_M) return Number.POSITIVE_INFINITY;
  return one.kind === other.kind ? ALIKE_KIND : ALIKE_NEAR;
}

/** Metres, undefined where one of them is nowhere. */
function distance(one: ReportFacts, other: ReportFacts): number | undefined {
  if (one.object !== null && one.object === other.object) return 0;
  if (one.lat === null || one.lon === null || other.lat === null || other.lon === null) return undefined;
  return metresBetween({ lat: one.lat, lon: one.lon }, { lat: other.lat, lon: other.lon });
}

/** How much of the shorter text's trigrams stand in the other, 0–1. Blanks and punctuation do not count. */
export function similarity(one: string, other: string): number {
  const [a, b] = [trigrams(one), trigrams(other)];
  const fewer = Math.min(a.size, b.size);
  if (fewer === 0) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return shared / fewer;
}

function trigrams(text: string): ReadonlySet<string> {
  const letters = Array.from(text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]/gu, ''));
  const padded = ['', ...letters, ''];
  return new Set(padded.slice(1, -1).map((_, i) => padded.slice(i, i + 3).join('')));
}
