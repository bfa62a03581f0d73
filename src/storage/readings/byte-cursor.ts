/** Bytes written one after the other; grows as needed. Numbers are little endian. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  /** A whole number from 0 on, seven bits a byte, the lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  float(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  /** `width` low bytes of each number: first the lowest byte of all of them, then the next. Like lies beside like. */
  planes(values: Uint32Array, width: number): void {
    this.#room(values.length * width);
    for (let plane = 0; plane < width; plane += 1) {
      const shift = plane * 8;
      for (let i = 0; i < values.length; i += 1) this.#bytes[this.#at++] = (values[i] ?? 0) >>> shift;
    }
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }
}

/** Reads what {@link ByteWriter} wrote, in the same order. Throws RangeError when the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  float(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** Fills `into` from the planes of its length. */
  planes(into: Uint32Array, width: number): void {
    const n = into.length;
    const bytes = this.#bytes;
    const from = this.#at;
    this.#at += n * width;
    if (this.#at > bytes.length) throw new RangeError('the bytes of a column end too early');
    into.fill(0);
    for (let plane = 0; plane < width; plane += 1) {
      const shift = plane * 8;
      const start = from + plane * n;
      for (let i = 0; i < n; i += 1) into[i] = (into[i] ?? 0) | ((bytes[start + i] ?? 0) << shift);
    }
  }
}
