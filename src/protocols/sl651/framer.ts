import { ByteWindow } from './byte-window.ts';
import { endName, HEAD, HEADER_BYTES, PACKET_BYTES, SOH, STX, SYN, TAIL_BYTES } from './control.ts';
import { type Direction, type Frame, readHeader, readPacket } from './frame.ts';
import type { RefusalReason } from './text.ts';

/** 字节流里每一段的下落。`frame.body` 与 `bytes` 都是副本，可以留存。 */
export type FramerEvent =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly bytes: number }
  | { readonly kind: 'discarded'; readonly reason: RefusalReason; readonly bytes: Uint8Array };

/**
 * 字节是谁发的。表 22 让遥测站的多包帧把 16 位全用来写长度，没有上下行标识，所以只能由收的一方知道；
 * `either` 用于读抄录下来的报文，按标识判断。
 */
export type Sender = 'station' | 'centre' | 'either';

/** 最长的一帧（表 22：长度到 FFFFH）。 */
const LONGEST = HEADER_BYTES + 0xffff + TAIL_BYTES;
/** ASCII 编码的报头：SOH 1、中心站 2、遥测站 10、密码 4、功能码 2、标识及长度 4、起始符 1。 */
const ASCII_HEADER_BYTES = 24;

/** `at` 处的“7E7E”是不是一帧：是、不是（为什么）、还不知道（至少要收到哪里）。 */
type Verdict =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly stop: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'wait'; readonly until: number };

interface Inner {
  readonly at: number;
  readonly until: number;
}

/**
 * 一条连接一个：把任意切开的字节流还原成帧。正文不转义，7E、03、17 都可能在里面，所以先按长度、再验结束符与校验码；
 * 不成立则退一个字节重新找“7E7E”。长度写错的帧不会一直挡路：它声明的范围里若已有一帧完整而校验正确，就先收那一帧。
 */
export class Framer {
  readonly #sender: Sender;
  /** 握着的不超过最长的一帧，再留一帧的余地，免得每来几个字节就搬一次。 */
  readonly #window = new ByteWindow(2 * LONGEST);
  /** 坏帧或杂音之后、下一个帧起始之前：后续字节属于同一次丢弃。 */
  #lost = false;
  /** `#window` 的起点在整个字节流里的位置；下面三项都以字节流的位置计。 */
  #base = 0;
  /** 等待中的帧里面，已经找过帧起始的末尾。 */
  #searched = 0;
  /** 等待中的帧里面，自己也还没收全的帧起始。 */
  #open: Inner[] = [];
  /** `#open` 里最早收得全的位置。 */
  #due = Number.POSITIVE_INFINITY;
  #events: FramerEvent[] = [];

  constructor(sender: Sender = 'station') {
    this.#sender = sender;
  }

  get heldBytes(): number {
    return this.#window.length;
  }

  push(bytes: Uint8Array): FramerEvent[] {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + this.#window.room);
      this.#window.append(piece);
      at += piece.length;
      this.#settle();
    }
    return this.#take();
  }

  /** 连接结束：等不到后半截的帧以 `cut-short` 拒收，其中若还藏着完整的帧则照收。 */
  end(): FramerEvent[] {
    while (this.#window.length > 0) {
      const whole = this.#window.at(0) === HEAD && this.#window.at(1) === HEAD;
      this.#drop(this.#refuse(0, whole ? 'cut-short' : 'no-header'));
      this.#settle();
    }
    return this.#take();
  }

  #take(): FramerEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** 读到等不下去为止，再看等待中的帧里面有没有一帧好的。 */
  #settle(): void {
    for (;;) {
      this.#drop(this.#scan());
      const inner = this.#findInside();
      if (inner === undefined) return;
      this.#discard('length-mismatch', 0, inner);
      this.#drop(inner);
    }
  }

  #scan(): number {
    const to = this.#window.length;
    let at = 0;
    while (at < to) {
      const mark = this.#nextMark(at);
      if (mark > at) this.#discard(this.#lost ? 'resync' : 'no-header', at, mark);
      if (mark === to) return to;
      at = mark;
      const verdict = this.#judge(at);
      if (verdict.kind === 'wait') return at;
      at = verdict.kind === 'frame' ? this.#accept(at, verdict) : this.#refuse(at, verdict.reason);
    }
    return at;
  }

  #accept(at: number, { frame, stop }: Extract<Verdict, { kind: 'frame' }>): number {
    this.#events.push({ kind: 'frame', frame, bytes: stop - at });
    this.#lost = false;
    return stop;
  }

  /** 拒收 `at` 处的帧：止于里面的下一个帧起始，或已收到的末尾；返回该处。 */
  #refuse(at: number, reason: RefusalReason): number {
    const stop = this.#nextMark(at + 1);
    // 杂音里的“7E7E”不必一个个算成坏帧。
    this.#discard(this.#lost && reason === 'bad-header' ? 'resync' : reason, at, stop);
    return stop;
  }

  #discard(reason: RefusalReason, from: number, to: number): void {
    this.#events.push({ kind: 'discarded', reason, bytes: this.#window.slice(from, to) });
    this.#lost = true;
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#window.drop(count);
    this.#base += count;
  }

  /** `from` 起第一处“7E7E”或 ASCII 编码的报头；末尾的半个也算（后半个可能还在路上）；没有则为末尾。 */
  #nextMark(from: number): number {
    return this.#nextAscii(from, this.#nextHead(from));
  }

  #nextHead(from: number): number {
    const to = this.#window.length;
    let at = this.#window.find(HEAD, from);
    while (at + 1 < to && this.#window.at(at + 1) !== HEAD) at = this.#window.find(HEAD, at + 1);
    return at;
  }

  /** `limit` 之前的 ASCII 报头；没有则为 `limit`。 */
  #nextAscii(from: number, limit: number): number {
    let at = this.#window.find(SOH, from, limit);
    while (at < limit && !this.#looksAscii(at)) at = this.#window.find(SOH, at + 1, limit);
    return at;
  }

  #looksAscii(at: number): boolean {
    for (let step = 1; step < ASCII_HEADER_BYTES - 1; step += 1) {
      const byte = this.#window.at(at + step);
      if (byte === undefined) return true;
      if (!isHexCharacter(byte)) return false;
    }
    const start = this.#window.at(at + ASCII_HEADER_BYTES - 1);
    return start === undefined || start === STX || start === SYN;
  }

  #judge(at: number): Verdict {
    const window = this.#window;
    if (window.at(at) === SOH) {
      const until = at + ASCII_HEADER_BYTES;
      return window.length < until ? { kind: 'wait', until } : { kind: 'refused', reason: 'ascii-form' };
    }
    if (window.length < at + HEADER_BYTES) return { kind: 'wait', until: at + HEADER_BYTES };
    const shape = this.#shapeAt(at);
    if (shape === undefined) return { kind: 'refused', reason: 'bad-header' };
    const end = at + HEADER_BYTES + shape.declared;
    const stop = end + TAIL_BYTES;
    if (window.length < stop) return { kind: 'wait', until: stop };
    const name = endName(window.at(end));
    if (name === undefined) return { kind: 'refused', reason: 'length-mismatch' };
    const sent = ((window.at(end + 1) ?? 0) << 8) | (window.at(end + 2) ?? 0);
    if (window.crc(at, end + 1) !== sent) return { kind: 'refused', reason: 'crc-mismatch' };
    const bytes = window.slice(at, end);
    const packet = shape.syn ? readPacket(bytes, HEADER_BYTES) : undefined;
    const body = bytes.subarray(HEADER_BYTES + (shape.syn ? PACKET_BYTES : 0));
    const frame = { ...readHeader(bytes, shape.direction), packet, body, end: name };
    return { kind: 'frame', frame, stop };
  }

  /** 报头里的上下行标识、长度与起始符；不成立为 `undefined`。 */
  #shapeAt(at: number): { direction: Direction; declared: number; syn: boolean } | undefined {
    const word = ((this.#window.at(at + 11) ?? 0) << 8) | (this.#window.at(at + 12) ?? 0);
    const start = this.#window.at(at + 13);
    if (start !== STX && start !== SYN) return undefined;
    const syn = start === SYN;
    if (syn && this.#sender === 'station') return shapeOf('up', word, syn);
    const mark = word >> 12;
    if (mark !== 0 && mark !== 8) return undefined;
    return shapeOf(mark === 8 ? 'down' : 'up', word & 0xfff, syn);
  }

  /** 等待中的帧（从 0 起）里面完整而校验正确的一帧。每个帧起始只判一次，没收全的记着到时再判。 */
  #findInside(): number | undefined {
    return this.#findDue() ?? this.#findNew();
  }

  #findDue(): number | undefined {
    const to = this.#base + this.#window.length;
    if (this.#due > to) return undefined;
    const open = this.#open.filter(({ at }) => at > this.#base);
    this.#open = [];
    this.#due = Number.POSITIVE_INFINITY;
    let found: number | undefined;
    for (const inner of open) {
      if (found !== undefined || inner.until > to) this.#remember(inner);
      else if (this.#isFrame(inner.at - this.#base)) found = inner.at - this.#base;
    }
    return found;
  }

  #findNew(): number | undefined {
    const to = this.#window.length;
    const first = Math.max(1, this.#searched - this.#base);
    for (let at = this.#nextHead(first); at + 1 < to; at = this.#nextHead(at + 1)) {
      this.#searched = this.#base + at + 1;
      if (this.#isFrame(at)) return at;
    }
    this.#searched = Math.max(this.#searched, this.#base + to - 1);
    return undefined;
  }

  #isFrame(at: number): boolean {
    const verdict = this.#judge(at);
    if (verdict.kind === 'wait') this.#remember({ at: this.#base + at, until: this.#base + verdict.until });
    return verdict.kind === 'frame';
  }

  #remember(inner: Inner): void {
    this.#open.push(inner);
    this.#due = Math.min(this.#due, inner.until);
  }
}

const shapeOf = (
  direction: Direction,
  declared: number,
  syn: boolean,
): { direction: Direction; declared: number; syn: boolean } | undefined =>
  declared > (syn ? PACKET_BYTES : 0) ? { direction, declared, syn } : undefined;

/** 0–9、A–F、a–f。 */
const isHexCharacter = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || ((byte | 0x20) >= 97 && (byte | 0x20) <= 102);
