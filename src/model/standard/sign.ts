import type { Basis } from './basis.ts';
import type { Limit, SignMeasure } from './measure.ts';

/** From the most to the least severe: 一级红 二级橙 三级黄 四级蓝. */
export const SIGN_LEVELS = ['red', 'orange', 'yellow', 'blue'] as const;
export type SignLevel = (typeof SIGN_LEVELS)[number];

export const SIGN_DIRECTIONS = ['high', 'low', 'band'] as const;
/**
 * `high` holds at value ≥ limit, `low` holds at value < limit (the catalog writes its limits this way); `band` holds outside
 * of a band: at value ≥ limit or value < lower.
 */
export type SignDirection = (typeof SIGN_DIRECTIONS)[number];

/** How far an object's own limit may lie from the standard's (both ends are allowed), in the sign's unit. */
export interface OwnRange {
  readonly from: Limit;
  readonly to: Limit;
}

/** One cell of the catalog: the limit, and how long it must hold before the level is raised. */
export interface LevelThreshold {
  readonly limit: Limit;
  /** The lower end of a band. */
  readonly lower?: Limit;
  readonly onDelaySeconds: number;
  /** Within which an object may have a limit of its own; without it only a stricter one (docs/decisions/0012). */
  readonly own?: OwnRange;
  /** Where this cell's ground differs from the sign's. */
  readonly basis?: Basis;
}

/**
 * 读数表决 (k of n): a level holds only while at least `atLeast` of the last `of` readings are past its limit. One reading that is
 * alone raises nothing, and one good reading between bad ones ends nothing.
 */
export interface Agreement {
  readonly atLeast: number;
  readonly of: number;
}

/**
 * 预警体征: four levels of one measure of one element. A level that is absent does not exist for this sign.
 * A level is left when the value is back past its limit by `deadband` (absolute, in `unit`) for `offDelaySeconds`.
 */
export interface Sign {
  /** `FLOOD.S01A`: the catalog's sign, with a letter where one row became several signs. */
  readonly code: string;
  readonly item: string;
  readonly name: string;
  readonly element: string;
  readonly measure: SignMeasure;
  readonly direction: SignDirection;
  readonly levels: Readonly<Partial<Record<SignLevel, LevelThreshold>>>;
  /** Without it every reading counts by itself. */
  readonly agreement?: Agreement;
  readonly deadband: number;
  readonly offDelaySeconds: number;
  /** Unit of the measure. */
  readonly unit: string;
  readonly basis: Basis;
}
