/** What a line of the base ledger says: a figure, or (with a name) one object. */
export interface EntryFacts {
  readonly kind_id: number;
  readonly scenario: number;
  readonly place: number;
  readonly town: string;
  readonly village: string | null;
  readonly name: string | null;
  readonly quantity: number;
  readonly object_id: number | null;
  readonly source: string;
  /** A calendar day of Beijing. */
  readonly as_of: string;
  readonly note: string | null;
}

export interface HeldEntry extends EntryFacts {
  readonly id: number;
  readonly version: number;
}

/** A line is known by its kind, where it counts and, if it names one, by the name. */
export function lineOf(entry: Pick<EntryFacts, 'kind_id' | 'town' | 'village' | 'name'>): string {
  return [entry.kind_id, entry.town, entry.village ?? '', entry.name ?? ''].join('\n');
}
