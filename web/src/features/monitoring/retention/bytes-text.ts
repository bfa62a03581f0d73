const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size on the disk, with three digits at the most: `3.2 GiB`. */
export function bytesText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
