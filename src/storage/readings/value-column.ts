import type { ByteReader, ByteWriter } from './byte-cursor.ts';
import { readWholeNumbers, writeWholeNumbers } from './whole-numbers.ts';

/** Instruments send decimals: 3.27 is 327 hundredths and comes back as the very same bits. */
const MOST_DIGITS = 12;
/** Beyond this, whole numbers and their differences would no longer be exact. */
const LARGEST = 2 ** 51;
const SINGLE = 32;
const DOUBLE = 64;

/** Writes numbers bit for bit: as decimals where all of them are, else as floats beside the one before. */
export function writeValues(writer: ByteWriter, values: Float64Array): void {
  const digits = digitsOf(values);
  if (digits !== undefined) {
    writer.byte(digits);
    const scale = 10 ** digits;
    writeWholeNumbers(
      writer,
      values.map((value) => Math.round(value * scale)),
    );
  } else if (values.every((value) => Math.fround(value) === value)) {
    writer.byte(SINGLE);
    writer.planes(unlike(new Uint32Array(Float32Array.from(values).buffer), 1), 4);
  } else {
    writer.byte(DOUBLE);
    writer.planes(unlike(new Uint32Array(Float64Array.from(values).buffer), 2), 4);
  }
}

/** Fills `into` (its length says how many there are). */
export function readValues(reader: ByteReader, into: Float64Array): void {
  const kind = reader.byte();
  if (kind === SINGLE) {
    const words = new Uint32Array(into.length);
    reader.planes(words, 4);
    into.set(new Float32Array(restore(words, 1).buffer));
  } else if (kind === DOUBLE) {
    const words = new Uint32Array(into.length * 2);
    reader.planes(words, 4);
    into.set(new Float64Array(restore(words, 2).buffer));
  } else {
    readWholeNumbers(reader, into);
    if (kind === 0) return;
    const scale = 10 ** kind;
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) / scale;
  }
}

/** The fewest decimal digits that give every value back exactly; undefined when there are none. */
function digitsOf(values: Float64Array): number | undefined {
  let digits = 0;
  let scale = 1;
  let largest = 0;
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
    for (;;) {
      const whole = Math.round(value * scale);
      // A quotient of two exact numbers is the nearest double, as is the decimal that was read; −0 is not 0.
      if (Math.abs(whole) < LARGEST && whole / scale === value && !Object.is(value, -0)) break;
      digits += 1;
      scale = 10 ** digits;
      if (digits > MOST_DIGITS) return undefined;
    }
  }
  // A later value may have asked for more digits than an earlier, larger one has room for.
  return largest * scale < LARGEST ? digits : undefined;
}

/** Bits that differ from the word `apart` before, apart halves of a double in two runs: neighbours share sign and exponent. */
function unlike(words: Uint32Array, apart: 1 | 2): Uint32Array {
  const n = words.length / apart;
  const out = new Uint32Array(words.length);
  for (let part = 0; part < apart; part += 1) {
    let before = 0;
    for (let i = 0; i < n; i += 1) {
      const word = words[i * apart + part] ?? 0;
      out[part * n + i] = word ^ before;
      before = word;
    }
  }
  return out;
}

function restore(words: Uint32Array, apart: 1 | 2): Uint32Array {
  const n = words.length / apart;
  const out = new Uint32Array(words.length);
  for (let part = 0; part < apart; part += 1) {
    let before = 0;
    for (let i = 0; i < n; i += 1) {
      before ^= words[part * n + i] ?? 0;
      out[i * apart + part] = before;
    }
  }
  return out;
}
