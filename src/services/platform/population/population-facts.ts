/** People of a town as they were told. */
export interface PopulationFacts {
  readonly town: string;
  readonly residents: number;
  readonly workers: number | null;
  readonly source: string;
  /** A calendar day of Beijing. */
  readonly as_of: string;
}

export interface HeldPopulation extends PopulationFacts {
  readonly version: number;
}

/** A town, with where it lies in the tree. */
export interface Town {
  readonly code: string;
  readonly name: string;
  readonly place: number;
}
