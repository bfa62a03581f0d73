import { AppError, daysFromCivil, fromBeijing } from '#base';
import type { commandRoutes, Generated, RosterConflict } from '#contract/command';
import { audit, announce, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { dutyConflicts, gapsOf, type PlannedShift, planShifts, type Span } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadCalendar } from '../calendar/load-calendar.ts';
import { columnsOf, loadPeople, type ShowPerson } from '../people.ts';
import { loadConflictFacts, loadStanding, showConflict } from './conflict-facts.ts';
import { keepOneAtATime, refuseConflicts } from './refuse-conflicts.ts';
import { loadRoster, membersOf, type RosterRow, type SeatRow } from './roster-view.ts';
import { loadSeatState, type SeatState } from './seat-state.ts';

type Body = z.output<typeof commandRoutes.generateShifts.body>;

const LONGEST_DAYS = 400;
const SHOWN = 500;
const DAY_MS = 86_400_000;

interface Planned extends PlannedShift {
  readonly seat: SeatRow;
}
interface Plan {
  readonly shifts: readonly Planned[];
  readonly conflicts: readonly RosterConflict[];
  readonly notes: readonly string[];
  readonly show: ShowPerson;
}
interface Days {
  readonly from: number;
  readonly to: number;
  readonly stretch: Span;
}

/**
 * Plans the shifts of all seats over some days by their rotas. A dry run lists shifts and conflicts; otherwise they are
 * written, unless conflicts block. Throws `input.invalid`, `record.not-found`, `access.denied`, `roster.conflict`.
 */
export async function generateShifts(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Generated> {
  context.authorize('roster.manage');
  const days = daysOf(body);
  return context.transaction(async (tx) => {
    await sql`select from roster where id = ${params.id} for update`.execute(tx);
    const roster = await loadRoster(tx, params.id);
    context.authorizeRecord('roster.manage', roster);
    if (roster.retired_at !== null)
      throw new AppError('record.not-found', { what: '在用的值班表', id: params.id });
    const states = await loadSeatState(tx, roster, {
      stretch: days.stretch,
      replaceAfter: body.replace ? context.now() : null,
    });
    const plan = await planRoster(tx, { roster, days, states, body });
    if (!body.dryRun) {
      refuseConflicts(plan.conflicts, body.acceptConflicts);
      await write(context, tx, { roster, plan, states, body });
    }
    return show(plan, body);
  });
}

function daysOf({ from, to }: Body): Days {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  const first = daysFromCivil(y1, m1, d1);
  const last = daysFromCivil(y2, m2, d2);
  if (last < first) throw new AppError('input.invalid', { issues: 'to 不能早于 from' });
  if (last - first >= LONGEST_DAYS) {
    throw new AppError('input.invalid', { issues: `一次最多排 ${LONGEST_DAYS} 天` });
  }
  const stretch = { from: fromBeijing(y1, m1, d1), to: fromBeijing(y2, m2, d2) + DAY_MS };
  return { from: first, to: last, stretch };
}

async function planRoster(
  tx: Tx,
  given: {
    readonly roster: RosterRow;
    readonly days: Days;
    readonly states: ReadonlyMap<number, SeatState>;
    readonly body: Body;
  },
): Promise<Plan> {
  const { roster, days, states, body } = given;
  const { calendar, notes } = await loadCalendar(tx, roster.calendar_id, body);
  const shifts = roster.seats.flatMap((seat): readonly Planned[] => {
    const state = states.get(seat.id);
    return planShifts({
      pattern: roster.pattern,
      calendar,
      seat: {
        turn: seat.turn,
        rota: membersOf(seat, false),
        holidayRota: seat.own_holiday_rota ? membersOf(seat, true) : null,
      },
      fromDay: days.from,
      toDay: days.to,
      last: state?.last ?? { usual: null, dayOff: null },
      kept: state?.kept ?? [],
    }).map((shift) => ({ ...shift, seat }));
  });
  const people = new Set(shifts.map((shift) => shift.person));
  const facts = await loadConflictFacts(tx, people, days.stretch);
  const show = await loadPeople(tx, [...people, ...facts.standIns.map(({ deputy }) => deputy)]);
  const standing = await loadStanding(tx, people, {
    stretch: days.stretch,
    except: roster.seats.map((seat) => seat.id),
  });
  const keptHere = roster.seats.flatMap((seat) =>
    (states.get(seat.id)?.kept ?? []).map((kept) => ({
      ...kept,
      seat: seat.id,
      seatName: seat.name,
      planned: false,
    })),
  );
  const planned = shifts.map((shift) => ({
    ...shift,
    seat: shift.seat.id,
    seatName: shift.seat.name,
    planned: true,
  }));
  const judged = dutyConflicts([...planned, ...keptHere, ...standing], facts);
  const gaps = roster.seats.flatMap((seat) => {
    const kept = states.get(seat.id)?.kept ?? [];
    const its = [...shifts.filter((shift) => shift.seat.id === seat.id), ...kept];
    return gapsOfSeat(seat, its, days.stretch);
  });
  const conflicts = [...judged, ...gaps].map((one) => showConflict(one, show));
  return { shifts, conflicts: conflicts.toSorted(blockingFirst), notes, show };
}

/** Times without anybody between the first and the last shift of a seat; a seat without a rota is one gap. */
function gapsOfSeat(seat: SeatRow, its: readonly Span[], whole: Span) {
  const stretch = {
    from: Math.min(...its.map(({ from }) => from)),
    to: Math.max(...its.map(({ to }) => to)),
  };
  return gapsOf(its, its.length === 0 ? whole : stretch).map((gap) => ({
    ...gap,
    kind: 'gap' as const,
    seatName: seat.name,
    person: null,
    other: null,
    blocking: false,
  }));
}

function blockingFirst(a: RosterConflict, b: RosterConflict): number {
  return Number(b.blocking) - Number(a.blocking) || a.from - b.from;
}

async function write(
  context: RequestContext,
  tx: Tx,
  given: {
    readonly roster: RosterRow;
    readonly plan: Plan;
    readonly states: ReadonlyMap<number, SeatState>;
    readonly body: Body;
  },
): Promise<void> {
  const { roster, plan, states, body } = given;
  const { id, place, scenario } = roster;
  const replaced = [...states.values()].flatMap((state) => state.replaced);
  await sql`update duty_shift set status = 'cancelled', version = version + 1 where id = any(${replaced}::bigint[])`.execute(
    tx,
  );
  const rows = plan.shifts.map(({ seat, person, from, to, dayOff }) => ({
    seat: seat.id,
    from,
    to,
    off: dayOff,
    ...columnsOf(person),
  }));
  await keepOneAtATime(
    sql`insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, contact_id, status, day_off)
      select ${id}, seat, ${place}, ${scenario}, to_timestamp("from" / 1000.0), to_timestamp("to" / 1000.0), account_id,
        contact_id, 'planned', off
      from ${recordset(rows, sql`r(seat int, "from" float8, "to" float8, off boolean, account_id int, contact_id int)`)}`.execute(
      tx,
    ),
  );
  const { from, to } = body;
  const after = { from, to, shifts: rows.length, replaced: replaced.length, accepted: body.acceptConflicts };
  await audit(context, tx, { action: 'roster.generate', subject: `roster/${id}`, after, place, scenario });
  const text = `${roster.name} ${from} 至 ${to} 排班 ${rows.length} 班`;
  const payload = { id, text };
  await announce(tx, [{ type: 'duty.shift-changed', at: context.now(), place, scenario, payload }]);
}

function show({ shifts, conflicts, notes, show }: Plan, body: Body): Generated {
  return {
    dryRun: body.dryRun,
    count: shifts.length,
    shifts: shifts
      .toSorted((a, b) => a.from - b.from)
      .slice(0, SHOWN)
      .map(({ seat, person, from, to, dayOff }) => ({
        seat: seat.name,
        person: show(person).name,
        from,
        to,
        dayOff,
      })),
    conflicts: conflicts.slice(0, SHOWN),
    notes: [...notes],
  };
}
