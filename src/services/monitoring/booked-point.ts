import type { ObjectLimits } from '#model/standard';
import type { CompiledSign, Measure, PointsPast, ReadyComposite } from '#signs';

/** What an element asks of the readings of its points. `range` is its physical plausibility. */
export interface ElementAsks {
  readonly periodMs: number;
  readonly range: readonly [number, number] | null;
  /** The largest credible change (突变限). */
  readonly maxChange?: { readonly value: number; readonly perMs: number } | undefined;
  /** How rare (decades) readings may be beside their point's own past, and how long that is learnt; absent where nobody asks. */
  readonly improbable?: { readonly rarity: number; readonly learnMs: number } | undefined;
}

/** A point as the hot path knows it. */
export interface BookedPoint extends ElementAsks {
  readonly id: number;
  readonly code: string;
  readonly objectId: number;
  readonly element: string;
  readonly place: number;
  readonly scenario: number;
  readonly deviceId: number | null;
  readonly simulated: boolean;
  /** What is set for its object, by the parameter's code. */
  readonly parameters: ObjectParameters;
  /** What its object has of its own of a sign, by the sign's code. */
  readonly ownLimits: ObjectLimits;
}

/** What is set for an object, by the parameter's code. */
export type ObjectParameters = Readonly<Record<string, number>>;

/** A sign at a point, by the binding's number. One that counts an object's points stands at the first of them. */
export interface Binding {
  readonly point: BookedPoint;
  readonly sign: CompiledSign;
  readonly item: string;
  /** What the sign makes of the readings; undefined when it looks at the value itself, or at several points. */
  readonly measure: Measure | undefined;
  readonly pointsPast: PointsPast | undefined;
  /** What makes a composite sign true; its readings are other signs. It stands at the first point of its object, too. */
  readonly composite: ReadyComposite | undefined;
  /** Whether its point's readings are what it is judged by; silence, other signs and the index of a day are not. */
  readonly byReading: boolean;
}

/** A sign to be bound, ready for the object at hand. */
export interface BoundSign {
  readonly sign: CompiledSign;
  readonly item: string;
  readonly composite?: ReadyComposite;
}

/** The signs of a standard for a point. */
export type SignsOf = (point: BookedPoint) => readonly BoundSign[];
