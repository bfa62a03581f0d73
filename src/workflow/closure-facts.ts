import type { Verdict } from '#model/response';
import type { DisposalType, ResultField } from '#model/standard';

/** The record of an order as far as its quality is judged. Times are epoch ms. */
export interface ClosureFacts {
  readonly openedAt: number;
  readonly verdict: Verdict | null;
  /** What the handler wrote when he cleared it. */
  readonly note: string | null;
  readonly openSteps: readonly string[];
  readonly results: readonly (ResultField & {
    readonly type: DisposalType;
    readonly done: boolean;
    readonly value: string | null;
  })[];
  /** When it was last accepted, arrived at, begun and cleared; null for what was not done. */
  readonly times: Readonly<Record<'accept' | 'arrive' | 'dispose' | 'clear', number | null>>;
  readonly photos: readonly RecordPhoto[];
  /** WGS 84. */
  readonly object: { readonly lat: number; readonly lon: number };
  /** Signs that still stand, in words, unless somebody has measured that they are wrong. */
  readonly standing: readonly string[];
  /** Code of an order whose note says nearly the same. */
  readonly like: string | null;
}

export interface RecordPhoto {
  readonly id: number;
  /** Handed in with a step; the others wait. */
  readonly adopted: boolean;
  readonly takenAt: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** How far its place may be off (m). */
  readonly accuracy: number | null;
}
