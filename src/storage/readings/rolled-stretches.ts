import { beginOf } from './roll-ups.ts';
import type { Tier } from './rolled-pages.ts';

/** A stretch of time; epoch ms, without the end. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A page of roll-ups as it is stored. */
export interface Page extends Stretch {
  readonly n: number;
  readonly bytes: Uint8Array;
}

/** What a stretch is to be read from: a page, or the readings themselves. */
export interface Part extends Stretch {
  readonly page?: Page;
}

/** Readings so near to one another are read at one go: a page's worth of stretches is quicker read than asked for piece by piece. */
const JOINED = 24;

interface Held {
  /** In the order of time. */
  readonly pages: readonly Page[];
  readonly tier: Tier;
  /** Moments of readings that no page knows, in the order of time. */
  readonly hotAt: Float64Array;
}

/** Cuts a time into what pages tell and what only the readings do, in order and without a gap. */
export function partsOf(span: Stretch, { pages, tier, hotAt }: Held): readonly Part[] {
  const parts: Part[] = [];
  let at = span.from;
  const tell = (to: number): void => {
    for (const page of pages) {
      const [from, end] = [Math.max(at, page.from), Math.min(to, page.to)];
      if (from < end) parts.push({ from, to: end, page });
    }
  };
  for (const one of joined(unknown(span, pages, { tier, hotAt }), tier)) {
    tell(one.from);
    parts.push(one);
    at = one.to;
  }
  tell(span.to);
  return parts;
}

/** Where pages tell nothing, or not all: beside them, at ends that cut a stretch, and where something is hot. */
function unknown(
  span: Stretch,
  pages: readonly Page[],
  { tier, hotAt }: Omit<Held, 'pages'>,
): readonly Stretch[] {
  const found: Stretch[] = [];
  const add = (from: number, to: number): void => {
    const cut = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
    if (cut.from < cut.to) found.push(cut);
  };
  let at = span.from;
  for (const page of pages) {
    add(at, page.from);
    at = page.to;
  }
  add(at, span.to);
  const begin = beginOf(span.from, tier.ms);
  if (begin < span.from) add(begin, begin + tier.ms);
  const end = beginOf(span.to, tier.ms);
  if (end < span.to) add(end, end + tier.ms);
  let until = Number.NEGATIVE_INFINITY;
  for (const moment of hotAt) {
    if (moment < until) continue;
    const from = beginOf(moment, tier.ms);
    until = from + tier.ms;
    add(from, until);
  }
  return found.toSorted((a, b) => a.from - b.from);
}

function joined(stretches: readonly Stretch[], tier: Tier): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const one of stretches) {
    const last = all.at(-1);
    if (last && one.from - last.to <= JOINED * tier.ms)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
    else all.push(one);
  }
  return all;
}
