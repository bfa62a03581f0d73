import { fromBeijing } from '#base';
import type { TimeUnit } from '#model/monitoring';

const TEXT =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/iu;
const MINUTE_MS = 60_000;
const BEIJING_MINUTES = 480;

/** Epoch ms, undefined for what is no moment. A text without a zone is Beijing time (pitfall 9: none of the senders says it). */
export function readMoment(value: unknown, unit: TimeUnit): number | undefined {
  if (unit === 'iso') return typeof value === 'string' ? readText(value.trim()) : undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  const ms = Math.floor(unit === 's' ? number * 1000 : number);
  return ms < 253_402_300_800_000 ? ms : undefined;
}

function readText(text: string): number | undefined {
  const found = TEXT.exec(text);
  if (!found) return undefined;
  const numbers = found.slice(1, 7).map((digits) => Number(digits ?? 0));
  if (numbers.some((number, i) => !isWithin(number, LIMITS[i]))) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const fraction = Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000);
  const msOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  return fromBeijing(year, month, day, msOfDay) + (BEIJING_MINUTES - zoneMinutes(found[8])) * MINUTE_MS;
}

/** Year, month, day, hour, minute, second. */
const LIMITS: readonly (readonly [least: number, most: number])[] = [
  [1970, 9999],
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 60],
];

function isWithin(number: number, [least, most] = [0, 0] as readonly [number, number]): boolean {
  return number >= least && number <= most;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return BEIJING_MINUTES;
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
