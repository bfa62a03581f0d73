import { daysFromCivil } from '#base';
import type { ReplayMap } from './replay-map.ts';

const FIELDS = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
const OFFSET_MS: Readonly<Record<ReplayMap['time']['zone'], number>> = { 'Asia/Shanghai': 8 * 3_600_000, UTC: 0 };

/**
 * Reader of a recording's stamps: text → epoch ms, undefined for what is no time. The zone is the map's, never this
 * machine's; Beijing has had no summer time since 1991.
 */
export function timeReader({ format, zone }: ReplayMap['time']): (text: string) => number | undefined {
  const places = FIELDS.map((field) => ({ from: format.indexOf(field), length: field.length }));
  const number = (text: string, i: number): number => {
    const place = places[i];
    if (!place || place.from < 0) return i === 1 || i === 2 ? 1 : 0;
    const digits = text.slice(place.from, place.from + place.length);
    return /^\d+$/u.test(digits) && digits.length === place.length ? Number(digits) : Number.NaN;
  };
  return (text) => {
    if (text.length !== format.length) return undefined;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = FIELDS.map((_, i) => number(text, i));
    const days = daysFromCivil(year, month, day);
    const dateHolds = month >= 1 && month <= 12 && day >= 1 && days < daysFromCivil(year, month + 1, 1);
    if (!dateHolds || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
    return days * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000 - OFFSET_MS[zone];
  };
}
