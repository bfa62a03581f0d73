import { toBeijing } from '#base';

/** 免打扰时段, `HH:MM` Beijing time; it may go over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const msOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
};

/**
 * Until when somebody is not disturbed at a moment; undefined: not at all. Red is never quiet, nor is who is on duty.
 */
export function quietUntil(
  quiet: QuietHours | null,
  { at, isRed, onDuty }: { readonly at: number; readonly isRed: boolean; readonly onDuty: boolean },
): number | undefined {
  if (quiet === null || isRed || onDuty || quiet.from === quiet.to) return undefined;
  const { msOfDay } = toBeijing(at);
  const since = (msOfDay - msOf(quiet.from) + DAY_MS) % DAY_MS;
  const length = (msOf(quiet.to) - msOf(quiet.from) + DAY_MS) % DAY_MS;
  return since < length ? at - since + length : undefined;
}
