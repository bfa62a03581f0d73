import type { WorkOrderDetail } from '#contract/response';
import { DISPOSAL_RESULTS, DISPOSAL_TYPES, type HandbookEntry, RESULT_PHOTOS } from '#model/standard';
import type { Tx } from '#storage';
import type { OrderFacts } from '#workflow';

import { loadRecord, NO_RECORD, type RecordWork } from './gates/load-record.ts';
import { loadMeasurement, type Measurement } from './gates/measurement.ts';
import { type StandingSign, standingSigns } from './gates/standing-signs.ts';

/** What has been done of an order's handbook. */
export interface OrderWork {
  readonly steps: ReadonlyMap<string, { readonly at: number; readonly by: string }>;
  /** By `TYPE.field`. */
  readonly results: ReadonlyMap<string, string>;
  readonly photos: number;
  readonly standing: readonly StandingSign[];
  readonly measurement: Measurement | null;
  readonly record: RecordWork;
}

/** Nothing of it: for what a decision does not ask. */
export const NO_WORK: OrderWork = {
  steps: new Map(),
  results: new Map(),
  photos: 0,
  standing: [],
  measurement: null,
  record: NO_RECORD,
};

/** `standing`: what the same transaction has read of it already. */
export async function loadWork(
  tx: Tx,
  order: number,
  standing?: readonly StandingSign[],
): Promise<OrderWork> {
  const steps = await tx
    .selectFrom('work_order_step')
    .select(['code', 'done_at as at', 'done_by as by'])
    .where('work_order_id', '=', order)
    .execute();
  const results = await tx
    .selectFrom('work_order_result')
    .select(['disposal_type', 'field', 'value'])
    .where('work_order_id', '=', order)
    .execute();
  const record = await loadRecord(tx, order);
  return {
    steps: new Map(steps.map((one) => [one.code, one])),
    results: new Map(results.map((one) => [`${one.disposal_type}.${one.field}`, one.value])),
    photos: record.photos.filter((one) => one.adopted).length,
    standing: standing ?? (await standingSigns(tx, order)),
    measurement: await loadMeasurement(tx, order),
    record,
  };
}

/** What is asked of an order, and whether somebody was there. */
interface Done {
  readonly handbook: HandbookEntry;
  readonly arrived: boolean;
}

/** What the frozen handbook's disposal types must produce, with what is there. */
export function resultsOf({ handbook, arrived }: Done, work: OrderWork): OrderFacts['results'] {
  return [...new Set(handbook.disposalTypes)].flatMap((type) =>
    DISPOSAL_RESULTS[type].map((asked) => ({
      ...asked,
      type,
      done: asked.kind === 'arrival' ? arrived : work.results.has(`${type}.${asked.field}`),
    })),
  );
}

export function showResults(order: Done, work: OrderWork): WorkOrderDetail['results'] {
  return resultsOf(order, work).map(({ type, field, text, kind, done }) => ({
    type,
    typeText: DISPOSAL_TYPES[type],
    field,
    text,
    kind,
    done: kind === 'photos' ? work.photos >= RESULT_PHOTOS : done,
    value: work.results.get(`${type}.${field}`) ?? null,
  }));
}
