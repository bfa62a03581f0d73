import { type CrcVariant, crcOf, nameCrc } from './crc16.ts';
import { closingEnd, decimal, digitRun, endsData, headerAt, hex4, isGap, nextHeader } from './frame-marks.ts';
import type { Leniency, RefusalReason } from './text.ts';

/** 字节流里每一段的下落。`segment` 与 `bytes` 都是副本，可以留存。 */
export type FramerEvent =
  | { readonly kind: 'frame'; readonly segment: Uint8Array; readonly leniencies: readonly Leniency[] }
  | { readonly kind: 'discarded'; readonly reason: RefusalReason; readonly bytes: Uint8Array };

/** 默认严格；宽限按设备档案逐项明示，用到时逐帧报告。 */
export interface FramerProfile {
  readonly crc: CrcVariant;
  /** `by-crc`：长度错（或只有三位）但“&&”后的校验正确时验收。 */
  readonly length: 'strict' | 'by-crc';
  /** 数据段上限（字节）；标准是 1024，现场有超过的，长度字段最多能写 9999。 */
  readonly maxSegmentBytes: number;
}

export const STRICT_PROFILE: FramerProfile = { crc: 'hj212', length: 'strict', maxSegmentBytes: 9999 };

const BUFFER_LIMIT = 64 * 1024;
/** 长度写短了的帧，最多再等这么多字节看真正的收尾。 */
const OVERRUN = 64;
const HASH = 35;
const CREDIT_PER_BYTE = 8;
const MOST_CREDIT = 2 * BUFFER_LIMIT;
/** “&&hhhh”。 */
const CLOSING_BYTES = 6;
const WAIT = -1;
const NO_LENIENCY: readonly Leniency[] = [];
const CRC_REASONS: Readonly<Record<CrcVariant, RefusalReason>> = {
  hj212: 'crc-hj212',
  modbus: 'crc-modbus',
  'modbus-swapped': 'crc-modbus-swapped',
};

/** 一条连接一个：把任意切开的字节流还原成帧（HJ 212-2017 §6.3）。半帧等待，坏帧给理由并在下一个“##”重新对齐。 */
export class Framer {
  readonly #profile: FramerProfile;
  #buffer = new Uint8Array(0);
  #held = 0;
  /** 坏帧或杂音之后、下一个包头之前：后续字节属于同一次丢弃。 */
  #lost = false;
  /** 等待中的帧里已经找过收尾的字节数，免得每来一个字节都从头找。 */
  #searched = 0;
  /** 乱码之中还可以为存疑的“帧”算多少字节的校验：与来过的字节成正比。 */
  #credit = 0;
  #events: FramerEvent[] = [];

  constructor(profile: Partial<FramerProfile> = {}) {
    this.#profile = { ...STRICT_PROFILE, ...profile };
  }

  get heldBytes(): number {
    return this.#held;
  }

  push(bytes: Uint8Array): FramerEvent[] {
    this.#credit = Math.min(this.#credit + CREDIT_PER_BYTE * bytes.length, MOST_CREDIT);
    if (this.#held === 0) {
      this.#hold(bytes, this.#scan(bytes, bytes.length));
      return this.#take();
    }
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + BUFFER_LIMIT - this.#held);
      this.#append(piece);
      at += piece.length;
      this.#drop(this.#scan(this.#buffer, this.#held));
    }
    return this.#take();
  }

  /** 连接结束：等不到后半截的帧以 `missing-end` 拒收，其中若还藏着完整的帧则照收。 */
  end(): FramerEvent[] {
    while (this.#held > 0) {
      const stop = this.#refuse(this.#buffer, 0, this.#held, this.#reasonAtEnd());
      this.#drop(stop);
      this.#drop(this.#scan(this.#buffer, this.#held));
    }
    return this.#take();
  }

  #reasonAtEnd(): RefusalReason {
    if (this.#held < 2 || this.#buffer[1] !== HASH) return 'no-header';
    const size = 2 + digitRun(this.#buffer, 2, this.#held, 8);
    return closingEnd(this.#buffer, size, this.#held) < 0 ? 'missing-end' : 'length-mismatch';
  }

  #take(): FramerEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #hold(bytes: Uint8Array, from: number): void {
    if (from < bytes.length) this.#append(bytes.subarray(from));
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#held + bytes.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.min(BUFFER_LIMIT, Math.max(needed, this.#buffer.length * 2, 512)));
      grown.set(this.#buffer.subarray(0, this.#held));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#held);
    this.#held = needed;
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#buffer.copyWithin(0, count, this.#held);
    this.#held -= count;
    if (this.#held === 0) this.#buffer = new Uint8Array(0);
  }

  /** 从头读到等不下去为止，返回已处置的字节数。 */
  #scan(bytes: Uint8Array, to: number): number {
    let at = 0;
    while (at < to) {
      if (isGap(bytes[at])) {
        at += 1;
        continue;
      }
      const header = headerAt(bytes, at, to);
      if (header > at) {
        this.#discard(this.#lost ? 'resync' : 'no-header', bytes, at, header);
        at = header;
        continue;
      }
      const next = this.#readFrame(bytes, at, to);
      if (next === WAIT) break;
      at = next;
    }
    return at;
  }

  /** `at` 处是“##”（或半个）：返回下一处位置，或 `WAIT`。 */
  #readFrame(bytes: Uint8Array, at: number, to: number): number {
    const digits = digitRun(bytes, at + 2, to, 8);
    if (digits < 8 && at + 2 + digits >= to) return WAIT;
    if (digits === 8) return this.#refuse(bytes, at, to, 'station-address-dialect');
    if (digits === 0 && bytes[at + 2] === HASH) {
      let stop = at + 1;
      while (bytes[stop + 2] === HASH && stop + 2 < to) stop += 1;
      this.#discard(this.#lost ? 'resync' : 'no-header', bytes, at, stop);
      return stop;
    }
    if (digits !== 4 && digits !== 3) return this.#refuse(bytes, at, to, 'bad-length-field');
    const declared = decimal(bytes, at + 2, digits);
    if (declared > this.#profile.maxSegmentBytes) return this.#refuse(bytes, at, to, 'too-long');
    return this.#readBody({ bytes, at, to, start: at + 2 + digits, end: at + 2 + digits + declared });
  }

  #readBody(body: Body): number {
    const { bytes, at, to, start, end } = body;
    if (to < end + 4) return this.#readIncomplete(body);
    if (this.#lost && nextHeader(bytes, start, end) < end && !this.#affords(body)) {
      return this.#readMisaligned(body);
    }
    const found = hex4(bytes, end);
    const { crc } = this.#profile;
    if (found >= 0 && crcOf(crc, bytes, start, end) === found && !this.#covers(body)) {
      return this.#accept(body, end, start - at === 5 ? 'three-digit-length' : undefined);
    }
    if (found >= 0 && endsData(bytes, end)) {
      const variant = nameCrc(found, bytes.subarray(start, end));
      return this.#refuse(bytes, at, to, variant === undefined ? 'crc-mismatch' : CRC_REASONS[variant]);
    }
    return this.#readMisaligned(body);
  }

  /** 末尾不是收尾、里面却有包头：断在半路的帧盖住了下一帧。校验只有 256 种取值，会恰好碰上。 */
  #covers({ bytes, start, end }: Body): boolean {
    return !endsData(bytes, end) && nextHeader(bytes, start, end) < end;
  }

  /**
   * 乱码之中，里面还有包头的“帧”多半不是帧（数据里的“##”除外）：收尾像样，并且来过的字节付得起，才算一遍校验。
   * 否则满是“##9999”的洪水每六个字节就要算一遍一万字节。
   */
  #affords({ bytes, start, end }: Body): boolean {
    if (!endsData(bytes, end) || hex4(bytes, end) < 0 || this.#credit < end - start) return false;
    this.#credit -= end - start;
    return true;
  }

  /** 还没收够声明的长度，却已见收尾：长度写长了，不必再等。 */
  #readIncomplete(body: Body): number {
    const { bytes, at, to, start } = body;
    const closing = closingEnd(bytes, Math.max(start, at + this.#searched), to);
    if (closing < 0) {
      this.#searched = Math.max(0, to - at - CLOSING_BYTES);
      return WAIT;
    }
    return this.#byCrc(body, closing) ?? this.#refuse(bytes, at, to, 'length-mismatch');
  }

  /** 声明的末尾不是收尾：找真正的收尾来说清是长度错还是没有收尾。 */
  #readMisaligned(body: Body): number {
    const { bytes, at, to, start, end } = body;
    const next = nextHeader(bytes, start, to);
    const limit = Math.min(next, end + 4 + OVERRUN);
    const closing = closingEnd(bytes, start, Math.min(limit, to));
    if (closing >= 0) return this.#byCrc(body, closing) ?? this.#refuse(bytes, at, to, 'length-mismatch');
    if (limit >= to && next + 2 >= to) return WAIT;
    return this.#refuse(bytes, at, to, 'missing-end');
  }

  #byCrc(body: Body, closing: number): number | undefined {
    if (this.#profile.length === 'strict') return undefined;
    const { bytes, start } = body;
    const end = closing - 4;
    if (crcOf(this.#profile.crc, bytes, start, end) !== hex4(bytes, end)) return undefined;
    return this.#accept(body, end, 'length-by-crc');
  }

  #accept(body: Body, end: number, length: Leniency | undefined): number {
    if (length === 'three-digit-length' && this.#profile.length === 'strict') {
      return this.#refuse(body.bytes, body.at, body.to, length);
    }
    const { crc } = this.#profile;
    const leniencies = NO_LENIENCY.concat(crc === 'hj212' ? [] : `crc-${crc}`, length ?? []);
    this.#events.push({ kind: 'frame', segment: body.bytes.slice(body.start, end), leniencies });
    this.#lost = false;
    this.#searched = 0;
    return end + 4;
  }

  /** 拒收 `at` 处的帧：止于它看得见的收尾或下一个包头，返回该处。 */
  #refuse(bytes: Uint8Array, at: number, to: number, reason: RefusalReason): number {
    const next = nextHeader(bytes, at + 1 < to ? at + 2 : to, to);
    const closing = closingEnd(bytes, at + 2, next);
    const stop = closing < 0 ? next : closing;
    this.#discard(reason, bytes, at, stop);
    return stop;
  }

  #discard(reason: RefusalReason, bytes: Uint8Array, from: number, to: number): void {
    this.#events.push({ kind: 'discarded', reason, bytes: bytes.slice(from, to) });
    this.#lost = true;
    this.#searched = 0;
  }
}

/** 一帧的位置：`at` 包头，`start`–`end` 声明的数据段，`to` 已收到的末尾。 */
interface Body {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}
