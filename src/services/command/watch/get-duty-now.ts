import type { commandRoutes, DutyRoster } from '#contract/command';
import { HANDOVER_STATE_TEXT, type HandoverState } from '#model/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { Watch } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadPeople, type ShowPerson } from '../people.ts';
import {
  isAccount,
  loadWatches,
  peopleOf,
  type RosterWatch,
  type SeatWatch,
  whoEnded,
} from './load-watches.ts';

type Query = z.output<typeof commandRoutes.getDutyNow.query>;
type Reply = z.output<typeof commandRoutes.getDutyNow.reply>;

interface HandoverRow {
  readonly id: number;
  readonly shift_id: number;
  readonly state: HandoverState;
}

/** Who is on duty, until when, and who is next, per roster and seat; at any moment. */
export async function getDutyNow(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const at = query.at ?? context.now();
  const conditions = [
    sql`r.retired_at is null and r.id > ${readIdCursor(query.after)}`,
    ...(query.platform === undefined
      ? []
      : [sql`r.platform_id = (select id from platform where code = ${query.platform})`]),
  ];
  return context.transaction(async (tx) => {
    const rows = await loadWatches(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by r.id limit ${query.limit + 1}`,
      at,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    const seats = page.flatMap((row) => row.seats);
    const show = await loadPeople(tx, peopleOf(seats));
    const handovers = await loadHandovers(tx, seats);
    return { at, items: page.map((row) => showRoster(context, row, { show, handovers })), next };
  });
}

async function loadHandovers(tx: Tx, seats: readonly SeatWatch[]): Promise<ReadonlyMap<number, HandoverRow>> {
  const shifts = seats.flatMap(({ before, on }) => [before?.id, on?.shift.id].flatMap((id) => id ?? []));
  const { rows } = await sql<HandoverRow>`
    select id, shift_id, state from handover where shift_id = any(${shifts}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.shift_id, row]));
}

function showRoster(
  context: RequestContext,
  row: RosterWatch,
  given: { readonly show: ShowPerson; readonly handovers: ReadonlyMap<number, HandoverRow> },
): DutyRoster {
  const { rights, accountId } = context.actor;
  const keeps = rights.mayAt('duty.keep', row);
  const stands = row.seats.some(
    (seat) =>
      isAccount(seat.on?.person, accountId) ||
      (seat.before !== undefined && isAccount(whoEnded(seat, seat.before), accountId)),
  );
  const actions: DutyRoster['allowedActions'] = [];
  if (keeps || stands) actions.push('hand-over');
  if (keeps || rights.mayAt('personal.reveal', row)) actions.push('call');
  return {
    roster: { id: row.id, name: row.name },
    platform: row.platform,
    seats: row.seats.map((seat) => showSeat(context, { row, seat }, given)),
    allowedActions: actions,
  };
}

function showSeat(
  context: RequestContext,
  { row, seat }: { readonly row: RosterWatch; readonly seat: SeatWatch },
  { show, handovers }: { readonly show: ShowPerson; readonly handovers: ReadonlyMap<number, HandoverRow> },
): DutyRoster['seats'][number] {
  // The page of the shift that is over counts until that of the one that is on is written.
  const over = handovers.get(seat.before?.id ?? 0);
  const shown = handovers.get(seat.on?.shift.id ?? 0) ?? over;
  const waiting = row.handover_required && over?.state !== 'complete' ? outgoingOf(seat) : undefined;
  return {
    seat: seat.seat,
    on: showTurn(context, seat.on, show),
    gapUntil: seat.gapUntil,
    next: showTurn(context, seat.next, show),
    stillResponsible: waiting === undefined ? null : show(waiting),
    handover: shown
      ? { id: shown.id, state: shown.state, stateName: HANDOVER_STATE_TEXT[shown.state] }
      : null,
  };
}

/** Who stood before, unless the same person goes on. */
function outgoingOf(seat: SeatWatch): string | undefined {
  if (seat.before === undefined) return undefined;
  const outgoing = whoEnded(seat, seat.before);
  return outgoing === seat.on?.person ? undefined : outgoing;
}

function showTurn(
  context: RequestContext,
  watch: Watch | undefined,
  show: ShowPerson,
): DutyRoster['seats'][number]['on'] {
  if (watch === undefined) return null;
  return {
    shift: watch.shift.id,
    from: watch.shift.from,
    to: watch.until,
    person: show(watch.person),
    deputyFor: watch.deputyFor === null ? null : show(watch.deputyFor).name,
    mine: isAccount(watch.person, context.actor.accountId),
  };
}
