/** A longer column that begins with what a shorter one holds. */
export function widened<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}

/**
 * The length that columns of `length` take when they must hold `index`: an eighth to spare, not double. A place costs the same
 * whether it is used or not, and there are hundreds of thousands.
 */
export function roomFor(index: number, length: number): number {
  return Math.max(index + 1, length + (length >> 3));
}
