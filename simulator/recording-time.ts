import { daysFromCivil } from '#base';
import type { ReplayMap } from './replay-map.ts';

const FIELDS = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
const OFFSET_MS: Readonly<Record<ReplayMap['time']['zone'], number>> = {
  'Asia/Shanghai': 8 * 3_600_000,
  UTC: 0,
};

/**
 * Reader of a recording's stamps: text → epoch ms, undefined for what is no time. The zone is the map's, never this
 * machine's; Beijing has had no summer time since 1991.
 */
export function timeReader({
  format,
  zone,
  counted,
}: ReplayMap['time']): (text: string) => number | undefined {
  if (counted !== undefined)
    return countReader(timeReader({ format, zone, column: '' })(counted.from), counted);
  const places = FIELDS.map((field) => ({ from: format.indexOf(field), length: field.length }));
  const number = (text: string, i: number): number => {
    const place = places[i];
    if (!place || place.from < 0) return i === 1 || i === 2 ? 1 : 0;
    const digits = text.slice(place.from, place.from + place.length);
    return /^\d+$/u.test(digits) && digits.length === place.length ? Number(digits) : Number.NaN;
  };
  return (text) =>
    text.length === format.length
      ? momentOf(
          FIELDS.map((_, i) => number(text, i)),
          OFFSET_MS[zone],
        )
      : undefined;
}

/** Samples are counted from 0; `begins` is the moment of the first. */
function countReader(
  begins: number | undefined,
  { perSecond }: NonNullable<ReplayMap['time']['counted']>,
): (text: string) => number | undefined {
  return (text) =>
    begins === undefined || !/^\d+$/u.test(text)
      ? undefined
      : begins + Math.round((Number(text) * 1000) / perSecond);
}

/** Least and greatest month, day, hour, minute, second. */
const BOUNDS = [
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
] as const;

function momentOf([year = 0, ...rest]: readonly number[], offsetMs: number): number | undefined {
  if (!BOUNDS.every(([least, most], i) => within(rest[i], least, most))) return undefined;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest;
  const days = daysFromCivil(year, month, day);
  // The 31st of a short month would be a day of the next one; a year that is no number fails here too.
  if (!(days < daysFromCivil(year, month + 1, 1))) return undefined;
  return days * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000 - offsetMs;
}

const within = (n: number | undefined, least: number, most: number): boolean =>
  n !== undefined && n >= least && n <= most;
