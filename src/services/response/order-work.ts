import type { WorkOrderDetail } from '#contract/response';
import { DISPOSAL_RESULTS, DISPOSAL_TYPES, type HandbookEntry, RESULT_PHOTOS } from '#model/standard';
import type { Tx } from '#storage';
import type { OrderFacts } from '#workflow';
import { sql } from 'kysely';

/** What has been done of an order's handbook. */
export interface OrderWork {
  readonly steps: ReadonlyMap<string, { readonly at: number; readonly by: string }>;
  /** By `TYPE.field`. */
  readonly results: ReadonlyMap<string, string>;
  readonly photos: number;
  readonly arrived: boolean;
}

/** Nothing of it: for what a decision does not ask. */
export const NO_WORK: OrderWork = { steps: new Map(), results: new Map(), photos: 0, arrived: false };

export async function loadWork(tx: Tx, order: number): Promise<OrderWork> {
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
  const { rows } = await sql<{ photos: number; arrived: boolean }>`
    select (select count(*) from attachment where work_order_id = ${order} and entry_id is not null) as photos,
      exists (select from work_order_entry where work_order_id = ${order} and kind = 'arrive') as arrived`.execute(
    tx,
  );
  return {
    steps: new Map(steps.map((one) => [one.code, one])),
    results: new Map(results.map((one) => [`${one.disposal_type}.${one.field}`, one.value])),
    photos: rows[0]?.photos ?? 0,
    arrived: rows[0]?.arrived ?? false,
  };
}

/** What the frozen handbook's disposal types must produce, with what is there. */
export function resultsOf({ disposalTypes }: HandbookEntry, work: OrderWork): OrderFacts['results'] {
  return [...new Set(disposalTypes)].flatMap((type) =>
    DISPOSAL_RESULTS[type].map((asked) => ({
      ...asked,
      type,
      done: asked.kind === 'arrival' ? work.arrived : work.results.has(`${type}.${asked.field}`),
    })),
  );
}

export function showResults(handbook: HandbookEntry, work: OrderWork): WorkOrderDetail['results'] {
  return resultsOf(handbook, work).map(({ type, field, text, kind, done }) => ({
    type,
    typeText: DISPOSAL_TYPES[type],
    field,
    text,
    kind,
    done: kind === 'photos' ? work.photos >= RESULT_PHOTOS : done,
    value: work.results.get(`${type}.${field}`) ?? null,
  }));
}
