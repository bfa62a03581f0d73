/**
 * A grey JPEG (ITU-T T.81, baseline) of `columns` × `rows` tiles of 8 × 8 pixels, each of one brightness 0–255 as `grey` says.
 * Tiles of one brightness are all the virtual camera needs: they have no AC coefficients.
 */
export function mosaicJpeg(
  columns: number,
  rows: number,
  grey: (column: number, row: number) => number,
  comment: string,
): Uint8Array {
  const bits = new BitWriter();
  let before = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      // With a quantiser of 8 a DC step is one step of brightness (A.3.3), around 128.
      const dc = Math.min(255, Math.max(0, Math.round(grey(column, row)))) - 128;
      writeBlock(bits, dc - before);
      before = dc;
    }
  }
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xfe, [...Buffer.from(comment)]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    ...segment(0xc0, [8, ...word(rows * 8), ...word(columns * 8), 1, 1, 0x11, 0]),
    // DC: the sizes 0–8, each four bits; AC: the end of the block alone, one bit.
    ...segment(0xc4, [
      0x00,
      0,
      0,
      0,
      SIZES,
      ...NO_CODES.slice(4),
      ...Array.from({ length: SIZES }, (_, n) => n),
    ]),
    ...segment(0xc4, [0x10, 1, ...NO_CODES.slice(1), 0]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...bits.finish(),
    0xff,
    0xd9,
  ]);
}

const SIZES = 9;
const NO_CODES = Array.from({ length: 16 }, () => 0);

const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  ...word(content.length + 2),
  ...content,
];

/** A block of one brightness: the size of the difference, the difference (F.1.2.1), end of block. */
function writeBlock(bits: BitWriter, difference: number): void {
  const size = 32 - Math.clz32(Math.abs(difference));
  bits.write(size, 4);
  bits.write(difference < 0 ? difference + (1 << size) - 1 : difference, size);
  bits.write(0, 1);
}

class BitWriter {
  readonly #bytes: number[] = [];
  #byte = 0;
  #filled = 0;

  write(value: number, count: number): void {
    for (let at = count - 1; at >= 0; at -= 1) {
      this.#byte = (this.#byte << 1) | ((value >> at) & 1);
      this.#filled += 1;
      if (this.#filled === 8) this.#flush();
    }
  }

  /** Filled up with ones. */
  finish(): readonly number[] {
    while (this.#filled > 0) this.write(1, 1);
    return this.#bytes;
  }

  #flush(): void {
    this.#bytes.push(this.#byte);
    // A marker must not appear in the data (B.1.1.5).
    if (this.#byte === 0xff) this.#bytes.push(0);
    this.#byte = 0;
    this.#filled = 0;
  }
}
