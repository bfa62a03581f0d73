import type { Population } from '#contract/platform';

/** People of a town as they stand in the form. */
export interface PopulationDraft {
  readonly residents: number | null;
  readonly workers: number | null;
  readonly source: string;
  readonly asOf: string;
}

export function draftOf(held: Population | undefined): PopulationDraft {
  if (!held) return { residents: null, workers: null, source: '', asOf: '' };
  const { residents, workers, source, asOf } = held;
  return { residents, workers, source, asOf };
}

/** What is sent; undefined until it is whole. */
export function bodyOf({ residents, workers, source, asOf }: PopulationDraft) {
  if (residents === null || source.trim().length < 2 || asOf === '') return undefined;
  return { residents, workers, source: source.trim(), asOf };
}
