import type { ReadRange } from './ranges.ts';
import { isBits, type Register, widthOf } from './register.ts';

/** How many bytes of data the answer to a read has: two a word, eight bits a byte. */
export function answerBytes({ table, count }: Pick<ReadRange, 'table' | 'count'>): number {
  return isBits(table) ? Math.ceil(count / 8) : count * 2;
}

/**
 * The value of a register out of the data of the answer that holds it, before scale and offset; a bit is 0 or 1. Gives undefined
 * where the device says that it has none: one of the key's own numbers, or what is no number (NaN, infinite).
 */
export function valueIn(range: ReadRange, data: Uint8Array, register: Register): number | undefined {
  const at = register.address - range.start;
  if (register.type === 'bit') return ((data[at >> 3] ?? 0) >> (at & 7)) & 1;
  const words = data.subarray(at * 2, (at + widthOf(register)) * 2);
  const value = READ[register.type](inOrder(words, register));
  if (!Number.isFinite(value)) return undefined;
  const isInvalid = register.invalid.some(
    (mark) => value === (register.type === 'float32' ? Math.fround(mark) : mark),
  );
  return isInvalid ? undefined : value;
}

const READ: Readonly<Record<Exclude<Register['type'], 'bit'>, (view: DataView) => number>> = {
  int16: (view) => view.getInt16(0),
  uint16: (view) => view.getUint16(0),
  int32: (view) => view.getInt32(0),
  uint32: (view) => view.getUint32(0),
  float32: (view) => view.getFloat32(0),
};

/** The bytes with the highest first. */
function inOrder(words: Uint8Array, { order }: Register): DataView {
  const sorted = new Uint8Array(words);
  if (words.length === order.length)
    for (const [at, byte] of words.entries()) sorted['ABCD'.indexOf(order.charAt(at))] = byte;
  return new DataView(sorted.buffer);
}
