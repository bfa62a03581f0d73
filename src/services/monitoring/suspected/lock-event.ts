import { AppError } from '#base';
import type { SuspectedOrigin, SuspectedState } from '#model/monitoring';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

export interface EventRow {
  readonly id: number;
  readonly origin: SuspectedOrigin;
  readonly state: SuspectedState;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly object_id: number | null;
  readonly point_id: number | null;
  readonly element_code: string | null;
  readonly fed_value: number | null;
  readonly ended_at: number | null;
  readonly note: string | null;
  readonly confirmed_value: number;
}

/** The event, locked, where the caller may decide it. Throws `record.not-found`, `access.denied`. */
export async function lockEvent(context: RequestContext, tx: Tx, id: number): Promise<EventRow> {
  const { rows } = await sql<EventRow>`
    select e.id, e.origin, e.state, e.place, e.scenario, e.object_id, e.point_id, e.element_code, e.fed_value, e.ended_at, e.note,
      coalesce((select k.confirmed_value from intake_kind k where k.source_id = e.source_id and k.kind = e.kind), 1)::float8
        as confirmed_value
    from suspected_event e where e.id = ${id} for update`.execute(tx);
  const [event] = rows;
  if (!event) throw new AppError('record.not-found', { what: '疑似事件', id });
  context.authorizeRecord('event.decide', event);
  return event;
}
