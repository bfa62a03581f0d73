/** A fixed number in 0…1 for a name and a count: the same story every time, no two gauges alike. */
export function chance(name: string, n = 0): number {
  let hash = 0x811c9dc5 ^ n;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0xffff_ffff;
}

/** Smooth wandering in −1…1 that turns about every `periodMs`. */
export function wander(name: string, at: number, periodMs: number): number {
  const step = Math.floor(at / periodMs);
  const part = at / periodMs - step;
  const ease = part * part * (3 - 2 * part);
  const from = chance(name, step);
  return 2 * (from + (chance(name, step + 1) - from) * ease) - 1;
}
