import type { Basis } from './basis.ts';

/**
 * 对象参数: what must be known of an object before its signs can judge, e.g. a tank's design pressure or a gauge's warning
 * stage. A sign whose parameter is missing is switched off and listed as such, never passed over in silence.
 */
export interface ParameterDefinition {
  /** `FLOOD.W_STAGE`. */
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Plausibility [min, max]. */
  readonly range: readonly [number, number];
  readonly basis: Basis;
}
