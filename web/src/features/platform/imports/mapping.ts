import type { ImportColumn } from '#contract/platform';

/** Header → field, null for a column that is not imported. */
export type Mapping = Readonly<Record<string, string | null>>;

/** What the server took the columns for: the start of the mapping by hand. A column without a header cannot be named. */
export function startMapping(columns: readonly ImportColumn[]): Mapping {
  return Object.fromEntries(
    columns.filter(({ header }) => header !== '').map(({ header, field }) => [header, field]),
  );
}

/** A field goes to one column: choosing it takes it from the one that had it. */
export function assign(mapping: Mapping, header: string, field: string | null): Mapping {
  const freed = Object.fromEntries(
    Object.entries(mapping).map(([other, had]) => [other, field !== null && had === field ? null : had]),
  );
  return { ...freed, [header]: field };
}

export function isSame(one: Mapping, other: Mapping): boolean {
  return Object.keys({ ...one, ...other }).every((header) => one[header] === other[header]);
}
