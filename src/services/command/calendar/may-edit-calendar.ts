import type { Capability, Placed, Rights } from '#model/platform';

/** The calendar is one for the whole district: its own number stands for it. */
export const DISTRICT: Placed = { place: 1, scenario: null };
const ENOUGH: readonly Capability[] = ['roster.manage', 'setting.manage'];

/** The capability by which somebody may change the calendar; undefined: none. */
export function mayEditCalendar(rights: Rights): Capability | undefined {
  return ENOUGH.find((capability) => rights.mayAt(capability, DISTRICT));
}
