import type { Verdict } from '#model/response';
import type { DisposalType, ResultField } from '#model/standard';

import type { OrderStep } from './order-facts.ts';

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

/** The record as it would be with a clearing. */
export function recordWith(record: ClosureFacts, step: OrderStep): ClosureFacts {
  const { verdict = null, note = '', measured, at } = step;
  const given = new Map(step.results?.map((one) => [`${one.type}.${one.field}`, one.value]));
  return {
    ...record,
    verdict,
    note: note.trim(),
    openSteps: record.openSteps.filter((code) => !step.steps?.includes(code)),
    results: record.results.map((one) => {
      const value = given.get(`${one.type}.${one.field}`) ?? one.value;
      return { ...one, value, done: true };
    }),
    times: { ...record.times, clear: at },
    photos: record.photos.map((one) => ({
      ...one,
      adopted: one.adopted || step.attachments?.includes(one.id) === true,
    })),
    standing: measured === undefined ? record.standing : [],
  };
}
