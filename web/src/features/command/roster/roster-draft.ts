import type { Roster } from '#contract/command';
import type { Turn } from '#model/command';

import { type Person, personOf, refOf } from '../person.ts';
import { ROSTER_FORM_TEXT as WORDS } from './text.ts';

export interface TimeRow {
  readonly key: number;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface SeatRow {
  readonly key: number;
  readonly id: number | undefined;
  readonly name: string;
  readonly turn: Turn;
  readonly rota: readonly Person[];
  readonly holidayRota: readonly Person[];
}

/** A roster as it is typed. */
export interface RosterDraft {
  readonly platform: string | undefined;
  readonly name: string;
  readonly workday: readonly TimeRow[];
  /** Null: days off are as working days. */
  readonly holiday: readonly TimeRow[] | null;
  readonly required: boolean;
  readonly seats: readonly SeatRow[];
}

/** A key that no row has yet. */
export function freeKey(rows: readonly { readonly key: number }[]): number {
  return Math.max(-1, ...rows.map((row) => row.key)) + 1;
}

export function emptySeat(key: number): SeatRow {
  return { key, id: undefined, name: '', turn: 'shift', rota: [], holidayRota: [] };
}

type Times = Roster['pattern']['workday'];
const rowsOf = (times: Times): readonly TimeRow[] => times.map((time, key) => ({ key, ...time }));

export function startRoster(roster: Roster | undefined, platform: string | undefined): RosterDraft {
  if (!roster) {
    return {
      platform,
      name: '',
      workday: rowsOf([
        { name: '日班', from: '08:30', to: '20:30' },
        { name: '夜班', from: '20:30', to: '08:30' },
      ]),
      holiday: null,
      required: true,
      seats: [emptySeat(0)],
    };
  }
  return {
    platform: roster.platform.code,
    name: roster.name,
    workday: rowsOf(roster.pattern.workday),
    holiday: roster.pattern.holiday && rowsOf(roster.pattern.holiday),
    required: roster.handoverRequired,
    seats: roster.seats.map((seat, key) => ({
      key,
      id: seat.id,
      name: seat.name,
      turn: seat.turn,
      rota: seat.rota.map(personOf),
      holidayRota: (seat.holidayRota ?? []).map(personOf),
    })),
  };
}

/**
 * Hours as they are typed. A field of the browser's own would show them by the clock of its language, with 上午 and 下午.
 * The colon of a Chinese input method is a colon.
 */
export function clockText(typed: string): string {
  return typed.replace('：', ':').trim();
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
const timesOf = (rows: readonly TimeRow[]): Times =>
  rows.map(({ name, from, to }) => ({ name: name.trim(), from, to }));
const wrongTime = ({ from, to }: TimeRow): boolean => !CLOCK.test(from) || !CLOCK.test(to);

/** What is missing, in one sentence; undefined when it can be sent. */
export function rosterFault(draft: RosterDraft): string | undefined {
  if (draft.platform === undefined) return WORDS.noPlatform;
  if (draft.name.trim() === '') return WORDS.noName;
  if (draft.workday.length === 0 || [...draft.workday, ...(draft.holiday ?? [])].some(wrongTime))
    return WORDS.noShift;
  if (draft.seats.length === 0 || draft.seats.some((seat) => seat.name.trim() === '')) return WORDS.noSeat;
  return undefined;
}

export function rosterBody(draft: RosterDraft) {
  return {
    name: draft.name.trim(),
    pattern: { workday: timesOf(draft.workday), holiday: draft.holiday && timesOf(draft.holiday) },
    handoverRequired: draft.required,
    seats: draft.seats.map((seat) => ({
      ...(seat.id === undefined ? {} : { id: seat.id }),
      name: seat.name.trim(),
      turn: seat.turn,
      rota: seat.rota.map(refOf),
      holidayRota: seat.holidayRota.length === 0 ? null : seat.holidayRota.map(refOf),
    })),
  };
}
