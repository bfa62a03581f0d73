type Raw = Record<string, unknown>;

function word(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The filters of the standard's lists as they stand in the address. */
export interface StandardSearch {
  readonly scenario?: string | undefined;
  readonly q?: string | undefined;
}

export function readStandardSearch(raw: Raw): StandardSearch {
  const read = { scenario: word(raw['scenario']), q: word(raw['q']) };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
