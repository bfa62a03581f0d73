import type { ClosureSample } from '#contract/response';
import { type ClosureRemedy, type SampleState, type WorkOrderState } from '#model/response';
import { levelOf } from '#model/warning';
import type { Actor, RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { reopenableUntil } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { stateText } from '../order-view.ts';

/** A sample with the names a page needs. Moments are epoch ms. */
export interface SampleRow {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly month: string;
  readonly unit: string;
  readonly drawn_at: number;
  readonly passed: boolean | null;
  readonly reason: string | null;
  readonly mend: string | null;
  readonly remedy: ClosureRemedy | null;
  readonly remedied: boolean | null;
  readonly checked_at: number | null;
  readonly checked_by: string | null;
  readonly order_id: number;
  readonly code: string;
  readonly level: number;
  readonly state: WorkOrderState;
  readonly verdict: string | null;
  readonly closed_at: number | null;
  readonly object: string;
  readonly item: string;
  readonly own: boolean;
  readonly notice: ClosureSample['notice'];
}

/** What somebody did of an order, by which it is his own work. */
const HANDLING = [
  'accept',
  'arrive',
  'dispose',
  'feed-back',
  'analyse',
  'clear',
  'review',
  'send-back',
  'close',
  'close-false-alarm',
  'amended',
];

/** Whether the caller handled or reviewed order `o`: who closed it is known by number, all others as the timeline names them. */
export function isOwnWork({ accountId, name }: Actor): RawBuilder<boolean> {
  return sql<boolean>`((${accountId} in (o.handler_id, o.cleared_by_id, o.closed_by_id)) is true or exists (
    select from work_order_entry e where e.work_order_id = o.id and e.by = ${name} and e.kind = any(${HANDLING}::text[])))`;
}

/** Samples the caller may see (row-level security), as `suffix` picks them; the newest first. `s` is the sample. */
export async function loadSamples(
  tx: Tx,
  actor: Actor,
  suffix: RawBuilder<unknown>,
): Promise<readonly SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select s.id, s.place, s.scenario, c.code as scenario_code, to_char(s.month, 'YYYY-MM') as month, s.unit, s.drawn_at, s.passed,
      s.reason, s.mend, s.remedy, s.checked_at, s.checked_by, o.id as order_id, o.code, o.level, o.state, o.verdict, o.closed_at,
      m.name as object,
      coalesce((select name from warning_item where code = o.item_code order by standard_id desc limit 1), o.item_code) as item,
      ${isOwnWork(actor)} as own,
      case s.remedy
        when 'amend' then exists (select from closure_amendment a where a.work_order_id = o.id and a.at >= s.checked_at)
        when 'reopen' then exists (select from work_order_entry e where e.work_order_id = o.id and e.kind = 'reopen'
          and e.at >= s.checked_at)
      end as remedied,
      (select json_build_object('id', n.id, 'code', n.code, 'platform', p.name, 'state', n.state,
          'answerBy', extract(epoch from n.answer_by)::float8 * 1000, 'overdue', n.overdue_at is not null, 'answer', n.answer)
        from supervision n join platform p on p.id = n.platform_id where n.sample_id = s.id) as notice
    from (select * from closure_sample s ${suffix}) s
    join work_order o on o.id = s.work_order_id
    join monitored_object m on m.id = o.object_id
    join scenario c on c.id = s.scenario
    order by s.id desc`.execute(tx);
  return rows;
}

export function showSample(context: RequestContext, row: SampleRow): ClosureSample {
  const { own, passed } = row;
  const may = context.actor.rights.mayAt('supervision.issue', row);
  return {
    id: row.id,
    month: row.month,
    order: {
      id: row.order_id,
      code: row.code,
      object: row.object,
      item: row.item,
      level: levelOf(row.level) ?? 'blue',
      stateText: stateText({ ...row, merged_into: null, waived: false }),
      closedAt: row.closed_at,
    },
    unit: row.unit,
    drawnAt: row.drawn_at,
    state: stateOf(passed),
    reason: row.reason,
    mend: row.mend,
    remedy: row.remedy,
    remedied: row.remedied,
    checkedAt: row.checked_at,
    checkedBy: row.checked_by,
    notice: row.notice,
    ownWork: passed === null && may && own,
    mayCheck: passed === null && may && !own && row.state === 'closed',
    reopenUntil: reopenableUntil(row.closed_at),
  };
}

function stateOf(passed: boolean | null): SampleState {
  if (passed === null) return 'waiting';
  return passed ? 'passed' : 'failed';
}
