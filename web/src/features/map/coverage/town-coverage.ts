import type { Town } from '#contract/platform';
import type { Coverage, CoverageRow } from '#contract/standard';

import { formatNumber } from '../../../app/format.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';

/** A town and its figures. Without a place it has no mark; without figures nothing is known of it. */
export interface TownCoverage {
  /** Empty: what lies in no town. */
  readonly code: string;
  readonly name: string;
  readonly at: { readonly lon: number; readonly lat: number } | undefined;
  readonly figures: CoverageRow | undefined;
}

/** Every town of the map with its figures, and what has figures but no mark; the least covered first, the unknown last. */
export function townCoverages(
  towns: readonly Pick<Town, 'code' | 'name' | 'lon' | 'lat'>[],
  rows: Coverage['towns'],
): readonly TownCoverage[] {
  const figures = new Map(rows.map((row) => [row.town, row]));
  const placed = new Set(towns.map(({ code }) => code));
  const marked = towns.map(({ code, name, lon, lat }) => ({
    code,
    name,
    at: { lon, lat },
    figures: figures.get(code),
  }));
  const others = rows.flatMap((row) =>
    placed.has(row.town) ? [] : [{ code: row.town, name: row.name, at: undefined, figures: row }],
  );
  return [...marked, ...others].toSorted((a, b) => orderOf(a) - orderOf(b));
}

/** By the rate; then what has no element to count, then what nothing is known of. */
function orderOf({ figures }: TownCoverage): number {
  return figures === undefined ? 3 : (figures.elementRate ?? 2);
}

/** The figure in one word: the rate, or why there is none. */
export function wordOf({ figures }: Pick<TownCoverage, 'figures'>): string {
  if (figures === undefined || isBlank(figures)) return COVERAGE_TEXT.noData;
  if (figures.elementRate !== null) return rateText(figures.elementRate);
  const gap = figures.registered === 0 ? 'unregistered' : 'unclassified';
  return `${GAP_TEXT[gap]} ${formatNumber(figures.lacking[gap])}`;
}

/** `无测点 3 · 失联 1`; empty where nothing lacks. */
export function gapsOf({ figures }: Pick<TownCoverage, 'figures'>): string {
  if (figures === undefined) return '';
  return (['blind', 'dead'] as const)
    .flatMap((gap) => (figures[gap] > 0 ? [`${GAP_TEXT[gap]} ${formatNumber(figures[gap])}`] : []))
    .join(' · ');
}

function isBlank({ registered, should }: CoverageRow): boolean {
  return registered === 0 && should === null;
}
