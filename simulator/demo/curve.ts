import { fromBeijing } from '#base';

/** A value as a pure function of the recording's time (epoch ms). */
export type Curve = (at: number) => number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** `"18 14:30"` → that moment of September 2024 in Beijing. */
export function september(text: string): number {
  const [day = 0, hour = 0, minute = 0] = text.split(/[ :]/u).map(Number);
  return fromBeijing(2024, 9, day, hour * HOUR_MS + minute * MINUTE_MS);
}

export type Knot = readonly [when: string, value: number];

/** Straight lines from knot to knot; level before the first and after the last. */
export function lines(knots: readonly Knot[]): Curve {
  return between(knots, (part) => part);
}

/** Half a cosine from knot to knot: what a tide does between high and low water. */
export function swells(knots: readonly Knot[]): Curve {
  return between(knots, (part) => (1 - Math.cos(Math.PI * part)) / 2);
}

function between(knots: readonly Knot[], shape: (part: number) => number): Curve {
  const points = knots.map(([when, value]) => ({ at: september(when), value }));
  const [first] = points;
  const last = points.at(-1);
  return (at) => {
    if (!first || !last) return 0;
    if (at <= first.at) return first.value;
    if (at >= last.at) return last.value;
    const next = points.findIndex((point) => point.at > at);
    const from = points[next - 1] ?? first;
    const to = points[next] ?? last;
    return from.value + (to.value - from.value) * shape((at - from.at) / (to.at - from.at));
  };
}

/** Rises and falls once a day: highest at `peakHour` (Beijing). */
export function daily(mean: number, swing: number, peakHour: number): Curve {
  return (at) => mean + swing * Math.cos((2 * Math.PI * (at / HOUR_MS + 8 - peakHour)) / 24);
}

/** Rounds to a gauge's last digit. */
export function rounded(curve: Curve, digits: number): Curve {
  const scale = 10 ** digits;
  return (at) => Math.round(curve(at) * scale) / scale;
}
