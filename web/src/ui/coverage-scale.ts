/**
 * One hue for how far something is covered, the deeper the better: five fifths, and a step of its own for what is whole. Level
 * colours stay with levels.
 */
export const COVERAGE_SCALE = [
  { fill: '#eef4f4', ink: '#18242b', text: '不到 20 %' },
  { fill: '#d8e8e8', ink: '#18242b', text: '20–40 %' },
  { fill: '#bcd7d8', ink: '#18242b', text: '40–60 %' },
  { fill: '#96c0c2', ink: '#18242b', text: '60–80 %' },
  { fill: '#357c80', ink: '#ffffff', text: '80 % 以上' },
  { fill: '#0e5f63', ink: '#ffffff', text: '齐全' },
] as const;

/** Where a share of 0–1 stands on the scale. */
export function depthOf(rate: number): number {
  return Math.floor(rate * (COVERAGE_SCALE.length - 1));
}
