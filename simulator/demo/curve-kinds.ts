import { type Curve, MINUTE_MS } from './curve.ts';
import { chance, wander } from './noise.ts';

/** `base` ± a little; each place has its own level, `spread` apart at most. */
export const steady =
  (base: number, spread: number, noise: number) =>
  (name: string): Curve => {
    const own = base + spread * (2 * chance(name) - 1);
    return (at) => own + noise * wander(name, at, 40 * MINUTE_MS);
  };

/** One place of a family tells a small story of its own (ours, not documented); the others stay as they are. */
export const except =
  (index: number, story: Curve, others: (name: string) => Curve) =>
  (name: string, i: number): Curve =>
    i === index ? story : others(name);

/** The sum of several curves. */
export function mixed(...curves: readonly Curve[]): Curve {
  return (at) => curves.reduce((sum, curve) => sum + curve(at), 0);
}
