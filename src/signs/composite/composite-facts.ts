/** A sign (or a warning) that stands at a level now, as a composite sign sees it. Plain data. */
export interface CompositeFact {
  readonly scenario: string;
  readonly item: string;
  readonly sign: string;
  /** 1 blue … 4 red; 0 is normal. */
  readonly level: number;
  /** Metres from the object that is judged; 0 for its own facts, infinite where the place is not known. */
  readonly distance: number;
  /** Code of the object it stands at. */
  readonly object: string;
}

/** The newest believed value of a point, as a composite sign sees it. */
export interface CompositeValue {
  readonly element: string;
  /** In the element's unit. */
  readonly value: number;
  readonly object: string;
}

/** All that a composite sign may look at. The caller has chosen the facts by the sign's `within`. */
export interface CompositeFacts {
  /** The object that is judged; absent for a sign of a town or of the whole district. */
  readonly object?: string;
  /** Facts of the object itself and of those linked to it. */
  readonly facts: readonly CompositeFact[];
  readonly values?: readonly CompositeValue[];
}
