import { COVERAGE_GAPS, type CoverageGap } from '#model/standard';

type Raw = Record<string, unknown>;

/** What of coverage is looked at, as it stands in the address. */
export interface CoverageSearch {
  readonly scenario?: string | undefined;
  readonly town?: string | undefined;
  /** The list that is open. */
  readonly gap?: CoverageGap | undefined;
}

export function readCoverageSearch(raw: Raw): CoverageSearch {
  const read = {
    scenario: word(raw['scenario']),
    town: word(raw['town']),
    gap: COVERAGE_GAPS.find((gap) => gap === raw['gap']),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

function word(value: unknown): string | undefined {
  // The router reads digits as a number.
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
