import type { ByteReader, ByteWriter } from './byte-cursor.ts';

/**
 * A column of whole numbers below 2^53, written as what is left when the expected is taken away: nothing (order 0), the
 * number before (order 1), or the number before and its step (order 2), whichever leaves the least.
 */
const STEADY = 0;
const RAW = 1;
const ORDERS = 2;
const PLANES_OF = 8;
/** A difference must fit 32 bits after its sign is folded in. */
const WIDEST = 2 ** 31;

let scratch = new Uint32Array(2048);
function lend(length: number): Uint32Array {
  if (scratch.length < length) scratch = new Uint32Array(length * 2);
  return scratch.subarray(0, length);
}

export function writeWholeNumbers(writer: ByteWriter, numbers: Float64Array): void {
  const first = numbers[0] ?? 0;
  const step = (numbers[1] ?? first) - first;
  const { unit, widest } = survey(numbers);
  if (unit === 0 || isSteady(numbers, step)) {
    writer.byte(STEADY);
    writer.float(first);
    writer.float(step);
  } else if (widest / unit >= WIDEST / 2) {
    writer.byte(RAW);
    for (const number of numbers) writer.float(number);
  } else {
    const order = cheapest(numbers, unit, step);
    const left = residuals(numbers, { order, unit, step });
    const width = bytesOf(left);
    writer.byte(ORDERS + order * PLANES_OF + width);
    writer.float(order === 0 ? lowest(numbers) : first);
    writer.float(unit);
    writer.float(step / unit);
    writer.planes(left, width);
  }
}

/** Fills `into` (its length says how many there are). */
export function readWholeNumbers(reader: ByteReader, into: Float64Array): void {
  const kind = reader.byte();
  const n = into.length;
  if (kind === RAW) {
    for (let i = 0; i < n; i += 1) into[i] = reader.float();
    return;
  }
  const base = reader.float();
  const unit = reader.float();
  if (kind === STEADY) {
    for (let i = 0; i < n; i += 1) into[i] = base + i * unit;
    return;
  }
  const step = reader.float();
  const order = Math.floor((kind - ORDERS) / PLANES_OF);
  const left = lend(n);
  reader.planes(left, (kind - ORDERS) % PLANES_OF);
  if (order === 0) for (let i = 0; i < n; i += 1) into[i] = base + (left[i] ?? 0) * unit;
  else if (order === 1) addUp(left, into, base, unit);
  else addUpTwice(left, into, base, { unit, step });
}

// oxlint-disable-next-line max-params
function addUp(left: Uint32Array, into: Float64Array, base: number, unit: number): void {
  let number = base;
  for (let i = 0; i < into.length; i += 1) {
    const folded = left[i] ?? 0;
    number += ((folded >>> 1) ^ -(folded & 1)) * unit;
    into[i] = number;
  }
}

// oxlint-disable-next-line max-params
function addUpTwice(
  left: Uint32Array,
  into: Float64Array,
  base: number,
  { unit, step }: { readonly unit: number; readonly step: number },
): void {
  let number = base - step * unit;
  let by = step;
  for (let i = 0; i < into.length; i += 1) {
    const folded = left[i] ?? 0;
    by += (folded >>> 1) ^ -(folded & 1);
    number += by * unit;
    into[i] = number;
  }
}

interface Expected {
  readonly order: number;
  readonly unit: number;
  /** The first step, in units or not as the caller says. */
  readonly step: number;
}

/** What is left of each number, in units; signs folded in (0, −1, 1, −2 … are 0, 1, 2, 3 …) except at order 0. */
function residuals(numbers: Float64Array, { order, unit, step }: Expected): Uint32Array {
  const left = lend(numbers.length);
  const low = order === 0 ? lowest(numbers) : 0;
  let before = numbers[0] ?? 0;
  let by = step / unit;
  left[0] = order === 0 ? (before - low) / unit : 0;
  for (let i = 1; i < numbers.length; i += 1) {
    const number = numbers[i] ?? 0;
    if (order === 0) {
      left[i] = (number - low) / unit;
      continue;
    }
    const moved = (number - before) / unit;
    const rest = order === 1 ? moved : moved - by;
    left[i] = (rest << 1) ^ (rest >> 31);
    before = number;
    by = moved;
  }
  return left;
}

/** The order that leaves the fewest bits; they are what is hard to pack. */
function cheapest(numbers: Float64Array, unit: number, step: number): number {
  let best = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (const order of [0, 1, 2]) {
    let bits = 0;
    for (const left of residuals(numbers, { order, unit, step })) bits += 32 - Math.clz32(left);
    if (bits < fewest) {
      fewest = bits;
      best = order;
    }
  }
  return best;
}

/** The greatest common divisor of all steps (0 when there are none), and the widest distance of any two numbers. */
function survey(numbers: Float64Array): { readonly unit: number; readonly widest: number } {
  let unit = 0;
  let low = numbers[0] ?? 0;
  let high = low;
  for (let i = 1; i < numbers.length; i += 1) {
    const number = numbers[i] ?? 0;
    if (number < low) low = number;
    else if (number > high) high = number;
    if (unit !== 1) unit = divisor(Math.abs(number - (numbers[i - 1] ?? 0)), unit);
  }
  return { unit, widest: high - low };
}

function divisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function isSteady(numbers: Float64Array, step: number): boolean {
  for (let i = 1; i < numbers.length; i += 1)
    if ((numbers[i] ?? 0) - (numbers[i - 1] ?? 0) !== step) return false;
  return true;
}

function lowest(numbers: Float64Array): number {
  let low = numbers[0] ?? 0;
  for (const number of numbers) if (number < low) low = number;
  return low;
}

function bytesOf(left: Uint32Array): number {
  let all = 0;
  for (const one of left) all |= one;
  return Math.ceil((32 - Math.clz32(all)) / 8);
}
