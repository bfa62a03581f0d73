/**
 * Marks a reading carries, as bits: several may hold at once. 0 is a clean reading.
 *
 * `range`, `jump`, `flat`, `clock`, `device`, `reported` and `service` make a reading suspect: stored and shown, never fed to a
 * sign. `late`, `unflagged`, `surge` and `unit` are remarks: they leave the value as believed, or as suspect, as it is.
 */
export const QUALITY = {
  good: 0,
  range: 1,
  jump: 2,
  flat: 4,
  clock: 8,
  late: 16,
  device: 32,
  unflagged: 64,
  /** The sender itself called the value suspect. */
  reported: 128,
  /** Changed faster than is credible, but towards what a sign watches: believed, so that a jump never hides an alarm. */
  surge: 256,
  /** Out of range or a jump, and plausible in another unit. */
  unit: 512,
  /** Came while its device was being serviced or calibrated (检修标定): no safety fact. */
  service: 1024,
  /** Declared bad by a person (数据修正); never stored with the reading. */
  bad: 2048,
  /** Shown as a person has corrected it; never stored with the reading. */
  corrected: 4096,
} as const;

export type QualityMark = Exclude<keyof typeof QUALITY, 'good'>;

/** Any of these bits keeps a reading away from the signs. */
export const SUSPECT_BITS =
  QUALITY.range |
  QUALITY.jump |
  QUALITY.flat |
  QUALITY.clock |
  QUALITY.device |
  QUALITY.reported |
  QUALITY.service |
  QUALITY.bad;

const MARKS = (Object.keys(QUALITY) as (keyof typeof QUALITY)[]).filter(
  (name): name is QualityMark => name !== 'good',
);

/** The names of the bits that are set, in the table's order. */
export function qualityMarks(bits: number): readonly QualityMark[] {
  return MARKS.filter((mark) => (bits & QUALITY[mark]) !== 0);
}

export function isSuspect(bits: number): boolean {
  return (bits & SUSPECT_BITS) !== 0;
}
