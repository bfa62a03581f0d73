/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_2000_MS = 946_684_800_000;
const SIGNATURE = [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];
const WIDTHS = [8, 8, 8, 4, 2, 2];
const ROW = 2 + WIDTHS.reduce((sum, width) => sum + 4 + width, 0);

/** Columns in the order the rows are written. */
export const COPY_READINGS =
  'copy reading (observed_at, received_at, value, point_id, quality, source) from stdin (format binary)';

const TEMPLATE = rowTemplate();

/**
 * Rows for a binary COPY of readings, written straight into bytes. Every row has the same shape, so the constant bytes
 * are laid down once by doubling and each row fills in its six values only.
 */
export class ReadingCopy {
  #bytes: Uint8Array;
  #view: DataView;
  #rows = 0;
  readonly #received: readonly [high: number, low: number];

  /** `receivedAt` in epoch ms is the same for all rows of a commit. */
  constructor(receivedAt: number, capacity: number) {
    this.#bytes = blank(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#received = micros(receivedAt);
  }

  get rows(): number {
    return this.#rows;
  }

  // oxlint-disable-next-line max-params
  add(point: number, observedAt: number, value: number, quality: number, source: number): void {
    if ((this.#rows + 1) * ROW > this.#bytes.length - SIGNATURE.length - 2) this.#grow();
    const at = SIGNATURE.length + this.#rows * ROW;
    const view = this.#view;
    const us = (observedAt - EPOCH_2000_MS) * 1000;
    const high = Math.floor(us / 4_294_967_296);
    view.setInt32(at + 6, high);
    view.setUint32(at + 10, us - high * 4_294_967_296);
    view.setInt32(at + 18, this.#received[0]);
    view.setUint32(at + 22, this.#received[1]);
    view.setFloat64(at + 30, value);
    view.setInt32(at + 42, point);
    view.setInt16(at + 50, quality);
    view.setInt16(at + 56, source);
    this.#rows += 1;
  }

  /** The whole COPY stream: signature, rows, end mark. */
  finish(): Uint8Array {
    const end = SIGNATURE.length + this.#rows * ROW;
    this.#view.setInt16(end, -1);
    return this.#bytes.subarray(0, end + 2);
  }

  /** Hands over every row in the order it was added; moments in epoch ms. */
  walk(
    // Scalars, not an object: it is called for every reading.
    // oxlint-disable-next-line max-params
    visit: (point: number, observedAt: number, quality: number, source: number, value: number) => void,
  ): void {
    const view = this.#view;
    for (let i = 0, at = SIGNATURE.length; i < this.#rows; i += 1, at += ROW) {
      const us = view.getInt32(at + 6) * 4_294_967_296 + view.getUint32(at + 10);
      visit(
        view.getInt32(at + 42),
        us / 1000 + EPOCH_2000_MS,
        view.getInt16(at + 50),
        view.getInt16(at + 56),
        view.getFloat64(at + 30),
      );
    }
  }

  #grow(): void {
    const rows = Math.max(64, this.#rows * 2);
    const next = blank(rows);
    next.set(this.#bytes.subarray(0, SIGNATURE.length + this.#rows * ROW));
    this.#bytes = next;
    this.#view = new DataView(next.buffer);
  }
}

function micros(ms: number): readonly [number, number] {
  const us = (ms - EPOCH_2000_MS) * 1000;
  const high = Math.floor(us / 4_294_967_296);
  return [high, us - high * 4_294_967_296];
}

function rowTemplate(): Uint8Array {
  const row = new Uint8Array(ROW);
  const view = new DataView(row.buffer);
  view.setInt16(0, WIDTHS.length);
  let at = 2;
  for (const width of WIDTHS) {
    view.setInt32(at, width);
    at += 4 + width;
  }
  return row;
}

function blank(rows: number): Uint8Array {
  const bytes = new Uint8Array(SIGNATURE.length + rows * ROW + 2);
  bytes.set(SIGNATURE);
  if (rows === 0) return bytes;
  bytes.set(TEMPLATE, SIGNATURE.length);
  for (let filled = 1; filled < rows; filled *= 2) {
    const from = SIGNATURE.length;
    bytes.copyWithin(from + filled * ROW, from, from + Math.min(filled, rows - filled) * ROW);
  }
  return bytes;
}
