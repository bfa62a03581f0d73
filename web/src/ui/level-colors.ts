import type { Level } from '#model/warning';

/** `fill` with `text` on it, and `line` on white, all at AA contrast. Only levels wear these colours. */
export const LEVEL_COLORS: Readonly<
  Record<Level, { readonly fill: string; readonly text: string; readonly line: string }>
> = {
  red: { fill: '#c8102e', text: '#ffffff', line: '#c8102e' },
  orange: { fill: '#c44d00', text: '#ffffff', line: '#c44d00' },
  yellow: { fill: '#f4c21a', text: '#332800', line: '#8f6b00' },
  blue: { fill: '#1d5fbf', text: '#ffffff', line: '#1d5fbf' },
};
