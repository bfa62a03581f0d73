import { AppError } from '#base';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { nextWatch, type SeatShift, watchAt } from '#workflow';
import { sql } from 'kysely';

import { isAccount, loadWatches, type RosterWatch, type SeatWatch, whoEnded } from '../watch/load-watches.ts';

/** For this long after a change of watch the page is that of the watch that ended. */
const LATE_MS = 4 * 3_600_000;

/** A shift that is to be handed over, from whom and to whom (keys). */
export interface EndingShift {
  readonly roster: RosterWatch;
  readonly seat: SeatWatch;
  readonly shift: SeatShift;
  readonly outgoing: string;
  /** Undefined: nobody is planned behind it. */
  readonly incoming: string | undefined;
}

/** The shift of a seat that ends now, or has ended and was not handed over. Throws `record.not-found`. */
export async function findEndingShift(
  context: RequestContext,
  tx: Tx,
  asked: { readonly roster: number; readonly seat?: number | undefined },
): Promise<EndingShift> {
  const now = context.now();
  const [roster] = await loadWatches(tx, sql`where r.id = ${asked.roster} and r.retired_at is null`, now);
  if (!roster) throw new AppError('record.not-found', { what: '值班表', id: asked.roster });
  const seat = roster.seats.find(({ seat }) => asked.seat === undefined || seat.id === asked.seat);
  if (!seat) throw new AppError('record.not-found', { what: '席位', id: asked.seat ?? '第一个' });
  const shift = (await endedUnsigned(context, tx, seat)) ?? seat.on?.shift ?? seat.before;
  if (!shift) throw new AppError('record.not-found', { what: '可交接的班次', id: seat.seat.name });
  return { roster, seat, shift, ...parties(seat, shift, now) };
}

/** The shift before, while it is still to be handed over and not by the one who is on now as their own. */
async function endedUnsigned(
  context: RequestContext,
  tx: Tx,
  seat: SeatWatch,
): Promise<SeatShift | undefined> {
  const { before, on } = seat;
  if (!before || !on) return undefined;
  const outgoing = whoEnded(seat, before);
  if (outgoing === on.person) return undefined;
  const { rows } =
    await sql`select from handover where shift_id = ${before.id} and state = 'complete'`.execute(tx);
  if (rows.length > 0) return undefined;
  const late = context.now() < on.shift.from + LATE_MS;
  return late || isAccount(outgoing, context.actor.accountId) ? before : undefined;
}

/** Who hands over a shift, and who takes over, as it stands now. */
export function parties(
  seat: SeatWatch,
  shift: SeatShift,
  now: number,
): { readonly outgoing: string; readonly incoming: string | undefined } {
  const at = Math.min(now, shift.to - 1);
  const own = watchAt([shift], seat.standIns, Math.max(at, shift.from));
  const from = Math.max(now, shift.to);
  const later = seat.shifts.filter((one) => one.from >= shift.to);
  const then = watchAt(later, seat.standIns, from);
  const incoming = then.kind === 'on' ? then : nextWatch(later, seat.standIns, from);
  return { outgoing: own.kind === 'on' ? own.person : shift.person, incoming: incoming?.person };
}
