import type { BlindState } from '#model/monitoring';

interface Mark {
  readonly fill: string;
  readonly line: string;
  /** Of the line, px; empty for a whole one. */
  readonly dash: readonly number[];
  /** Of a figure on it. */
  readonly ink: string;
}

/** Ink, hatch, an empty ring and a pale disc: neutral, for level colours stay with levels, and told apart without colour. */
export const MARKS: Readonly<Record<BlindState, Mark>> = {
  blind: { fill: '#18242b', line: '#ffffff', dash: [], ink: '#ffffff' },
  thin: { fill: '#ffffff', line: '#34444d', dash: [], ink: '#18242b' },
  never: { fill: 'rgba(255,255,255,0.55)', line: '#7b8a92', dash: [7, 6], ink: '#4c5c66' },
  watched: { fill: '#cfe3e3', line: '#6d9a9b', dash: [], ink: '#18242b' },
};
export const HATCH = '#9fb0b8';
