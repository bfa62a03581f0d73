import type { Event } from '#bus';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

const OVER: Readonly<Record<string, (event: Event) => string | undefined>> = {
  'warning.normal': ({ payload }) => `warning/${payload.id}`,
  'warning.closed': ({ payload }) => `warning/${payload.id}`,
  'fault.changed': ({ payload }) =>
    payload['state'] === 'resolved' || payload['state'] === 'closed' ? `fault/${payload.id}` : undefined,
};

/** Cascades whose cause is over have ended; what they hold back is let through after its grace (`runCascades`). */
export async function endCascades(tx: Tx, events: readonly Event[]): Promise<void> {
  const over = events.flatMap((event) => {
    const cause = OVER[event.type]?.(event);
    return cause === undefined ? [] : [{ cause, at: event.at }];
  });
  if (over.length === 0) return;
  const { rows } = await sql<{ id: number; place: number; scenario: number; at: number }>`
    update cascade c set ended_at = to_timestamp(o.at / 1000.0)
    from ${recordset(over, sql`o(cause text, at float8)`)}
    where c.ended_at is null and c.cause_kind = split_part(o.cause, '/', 1) and c.cause_id = split_part(o.cause, '/', 2)::bigint
    returning c.id, c.place, c.scenario, o.at`.execute(tx);
  await announce(
    tx,
    rows.map(({ id, place, scenario, at }) => ({
      type: 'cascade.changed',
      at,
      place,
      scenario,
      payload: { id, state: 'ended' },
    })),
  );
}
