import type { Sign } from './sign.ts';

/** A sign that is to be changed in a draft, and the past that the draft is then run over. */
export interface SignRehearsal {
  readonly scenario: string;
  /** Code of the sign. */
  readonly sign: string;
  readonly change: (sign: Sign) => Sign;
  readonly reason: string;
  /** The draft it stands in already; null begins one with the newest version. */
  readonly draft: number | null;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Codes of the objects it is limited to; empty: all of the scenario. */
  readonly objects: readonly string[];
}
