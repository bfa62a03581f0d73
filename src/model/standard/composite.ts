import type { Basis } from './basis.ts';
import type { SignLevel } from './sign.ts';

/** Characters of a condition; longer ones are refused: who could review them? */
export const LONGEST_CONDITION = 2000;

/** One level of a composite sign: what must hold, in CEL over the levels of other signs, and for how long. */
export interface CompositeLevel {
  readonly when: string;
  readonly onDelaySeconds: number;
  /** Where this level's ground differs from the sign's. */
  readonly basis?: Basis;
}

/**
 * Which facts a composite sign is shown beside those of its own object: of objects that are linked to it, of those around it (radius
 * and town narrow each other), or of both together; with nothing set, those of the whole district.
 */
export interface CompositeReach {
  /** At most so far from the object. */
  readonly radiusMeters?: number;
  /** Of the object itself only. */
  readonly sameObject?: boolean;
  /** Of the object's own town (街镇) only. */
  readonly sameTown?: boolean;
  /** Of the objects it is linked to (关联对象), wherever they stand. */
  readonly linked?: boolean;
  /** Raised within so long before the moment of judging. */
  readonly windowSeconds?: number;
}

/**
 * 复合体征: a sign over other signs, of one object or of linked ones (catalog §2.18). A level that is absent does not exist for
 * it; a worse level that holds stands for the milder ones too.
 */
export interface CompositeSign {
  /** `FLOOD.X01`: the scenario whose people answer it, and the catalog's row. */
  readonly code: string;
  readonly item: string;
  readonly name: string;
  /** Judged at every object with a point of this element of its scenario; its alarms stand at the first such point. */
  readonly element: string;
  readonly levels: Readonly<Partial<Record<SignLevel, CompositeLevel>>>;
  readonly offDelaySeconds: number;
  readonly within: CompositeReach;
  readonly basis: Basis;
}
