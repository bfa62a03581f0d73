import { AppError } from '#base';
import { MOST_ADOPTED } from '#contract/response';
import { SELF_TEST_PLACE } from '#model/platform';
import { type Level, rankOf } from '#model/warning';
import { type RawBuilder, sql } from 'kysely';

/** Orders by their ids, or whatever is open and fits. */
export interface WantedOrders {
  readonly orders?: readonly number[] | undefined;
  readonly matching?:
    | {
        readonly scenarios: readonly string[];
        readonly since: number;
        readonly level?: Level | undefined;
      }
    | undefined;
}

/** As a condition on `o`. Throws `input.invalid` unless one of the two is told. */
export function wantedOrders({ orders, matching }: WantedOrders): RawBuilder<unknown> {
  if (orders !== undefined) return sql`o.id = any(${[...orders]}::bigint[])`;
  if (matching === undefined)
    throw new AppError('input.invalid', { issues: '请选定工单，或说明哪些场景、从何时起的工单' });
  const { scenarios, since, level } = matching;
  return sql`o.id in (select o.id from work_order o
    where o.state <> 'closed' and o.incident_id is null and o.replay_session_id is null and o.place <> ${SELF_TEST_PLACE}
      and o.opened_at >= ${new Date(since)} and o.level >= ${rankOf(level)}
      and o.scenario in (select id from scenario where code = any(${[...scenarios]}))
    order by o.opened_at limit ${MOST_ADOPTED})`;
}
