import { fromBeijing, toBeijing } from '#base';

/** `?at=2026-11-30T02:14:05`: the desk and the wall as they stood at that moment in Beijing. */
export interface DutySearch {
  readonly at?: string;
}

const SECOND_MS = 1000;
const WRITTEN = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/u;

export function readDutySearch(raw: Record<string, unknown>): DutySearch {
  const at = raw['at'];
  return typeof at === 'string' && momentOfSearch({ at }) !== null ? { at } : {};
}

/** Epoch ms; null for now. */
export function momentOfSearch({ at }: DutySearch): number | null {
  const found = WRITTEN.exec(at ?? '');
  if (!found) return null;
  const part = (nth: number): number => Number(found[nth] ?? 0);
  const seconds = (part(4) * 60 + part(5)) * 60 + part(6);
  return fromBeijing(part(1), part(2), part(3), seconds * SECOND_MS);
}

export function searchOfMoment(at: number): DutySearch {
  const { year, month, day, msOfDay } = toBeijing(at);
  const seconds = Math.floor(msOfDay / SECOND_MS);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two);
  return { at: `${year}-${two(month)}-${two(day)}T${clock.join(':')}` };
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
