/** What the map shows, as it stands in the address. */
export interface MapSearch {
  readonly show?: 'coverage';
}

export function readMapSearch(raw: Record<string, unknown>): MapSearch {
  return raw['show'] === 'coverage' ? { show: 'coverage' } : {};
}
