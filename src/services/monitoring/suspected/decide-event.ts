import { AppError } from '#base';
import type { eventRoutes, SuspectedEvent } from '#contract/monitoring';
import { SUSPECTED_STATE_TEXT, type SuspectedState } from '#model/monitoring';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonitoringDesk } from '../desk.ts';
import { loadEvents } from './event-view.ts';
import { feed } from './feed.ts';
import { type EventRow, lockEvent } from './lock-event.ts';
import { pointFor } from './point-for.ts';

type ConfirmBody = z.output<typeof eventRoutes.confirmEvent.body>;
interface Asked<Body> {
  readonly params: { readonly id: number };
  readonly body: Body;
}

/**
 * 属实: from now on the value of what was confirmed stands at its point, and signs judge it. It stands from the moment of the
 * confirmation: what was seen an hour ago, and what nobody has looked at since, would be late and raise nothing.
 * Throws `record.not-found`, `access.denied`, `event.illegal-action`, `event.no-point`, `service.unavailable`.
 */
export async function confirmEvent(
  context: RequestContext,
  desk: MonitoringDesk,
  { params, body }: Asked<ConfirmBody>,
): Promise<SuspectedEvent> {
  context.authorize('event.decide');
  return context.transaction(async (tx) => {
    const event = await lockEvent(context, tx, params.id);
    if (event.state !== 'suspected') throw illegal(event.state, '再核实');
    const point = await pointFor(tx, event, body);
    const value = body.value ?? event.confirmed_value;
    const booked = desk.ingest.book.get(point.id);
    if (booked?.range && (value < booked.range[0] || value > booked.range[1])) {
      const issues = `值 ${value} 超出要素量程 ${booked.range[0]}～${booked.range[1]}`;
      throw new AppError('input.invalid', { issues });
    }
    await feed(desk, { point: point.id, at: context.now(), value, source: event.origin });
    const columns = { point_id: point.id, object_id: point.object_id, element_code: point.element_code };
    // Where it is from now on: with the object it was found to be at.
    const { place, scenario } = point;
    return save(context, tx, event, {
      columns: { ...columns, place, scenario, fed_value: value, ...verdict(context, 'confirmed', body.note) },
      action: 'confirm',
    });
  });
}

/** 不属实: what stood in the readings because of it goes back to 0. Throws as {@link confirmEvent}. */
export async function rejectEvent(
  context: RequestContext,
  desk: MonitoringDesk,
  { params, body }: Asked<{ readonly note: string }>,
): Promise<SuspectedEvent> {
  context.authorize('event.decide');
  return context.transaction(async (tx) => {
    const event = await lockEvent(context, tx, params.id);
    if (event.state !== 'suspected') throw illegal(event.state, '再核实');
    const fed_value = await takeBack(context, desk, event);
    const columns = {
      fed_value,
      ended_at: new Date(context.now()),
      ...verdict(context, 'rejected', body.note),
    };
    return save(context, tx, event, { columns, action: 'reject' });
  });
}

/** 结束: what was confirmed is over. Throws as {@link confirmEvent}. */
export async function endEvent(
  context: RequestContext,
  desk: MonitoringDesk,
  { params, body }: Asked<{ readonly note?: string | undefined }>,
): Promise<SuspectedEvent> {
  context.authorize('event.decide');
  return context.transaction(async (tx) => {
    const event = await lockEvent(context, tx, params.id);
    if (event.state !== 'confirmed') throw illegal(event.state, '结束');
    if (event.ended_at !== null && (event.fed_value ?? 0) === 0)
      throw new AppError('event.illegal-action', { state: '已结束', action: '再结束' });
    const fed_value = await takeBack(context, desk, event);
    const note = body.note === undefined ? {} : { note: [event.note, body.note].filter(Boolean).join('；') };
    return save(context, tx, event, {
      columns: { fed_value, ended_at: new Date(context.now()), ...note },
      action: 'end',
    });
  });
}

function illegal(state: SuspectedState, action: string): AppError {
  return new AppError('event.illegal-action', { state: SUSPECTED_STATE_TEXT[state], action });
}

function verdict(context: RequestContext, state: SuspectedState, note: string | undefined) {
  return {
    state,
    note: note ?? null,
    decided_by: context.actor.name,
    decided_at: new Date(context.now()),
  };
}

async function takeBack(
  context: RequestContext,
  desk: MonitoringDesk,
  event: EventRow,
): Promise<number | null> {
  const { point_id, fed_value, origin } = event;
  if (point_id === null || fed_value === null) return fed_value;
  if (fed_value !== 0) await feed(desk, { point: point_id, at: context.now(), value: 0, source: origin });
  return 0;
}

async function save(
  context: RequestContext,
  tx: Tx,
  { id, place, scenario, state }: EventRow,
  done: { readonly columns: object; readonly action: 'confirm' | 'reject' | 'end' },
): Promise<SuspectedEvent> {
  await tx.updateTable('suspected_event').set(done.columns).where('id', '=', id).execute();
  const [after] = await loadEvents(tx, context.actor, sql`where e.id = ${id}`);
  if (!after) throw new AppError('record.not-found', { what: '疑似事件', id });
  await audit(context, tx, {
    action: `suspected-event.${done.action}`,
    subject: `suspected-event/${id}`,
    before: { state },
    after: { state: after.state, fedValue: after.fedValue, object: after.object?.code, note: after.note },
    place,
    scenario,
  });
  const payload = { id, state: after.state, text: after.kindName ?? after.kind };
  await announce(tx, [{ type: 'suspected-event.changed', at: context.now(), place, scenario, payload }]);
  return after;
}
