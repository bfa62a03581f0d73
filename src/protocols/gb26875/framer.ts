import {
  END,
  type Frame,
  frameBytes,
  HEAD_BYTES,
  readFrame,
  START,
  sumOf,
  UNIT_LIMIT,
  unitLengthAt,
} from './frame.ts';
import { joined } from './bytes.ts';
import type { RefusalReason } from './text.ts';

type FramingReason = Extract<
  RefusalReason,
  'no-start' | 'resync' | 'unit-too-long' | 'incomplete' | 'bad-end' | 'bad-sum'
>;

/** 字节流里每一段的下落；`bytes` 是副本，可以留存。坏帧的 `bytes` 从启动符起，头还读得出来。 */
export type FramerEvent =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'discarded'; readonly reason: FramingReason; readonly bytes: Uint8Array };

type Verdict =
  | { readonly kind: 'good'; readonly end: number }
  | { readonly kind: 'wait' }
  /** `certain`：校验和或结束符有一样对得上，确是一个坏了的帧，不是凑巧的“@@”。 */
  | {
      readonly kind: 'bad';
      readonly reason: FramingReason;
      readonly end: number;
      readonly certain: boolean;
    };

const WAIT: Verdict = { kind: 'wait' };
const NOTHING = new Uint8Array(0);

/**
 * 一条连接一个：把任意切开的字节流还原成数据包（标准 6.6）。先按长度断帧，再看校验和与结束符；应用数据里出现
 * “@@”“##”不算数。
 *
 * 坏帧之后从它内部的下一个“@@”重新对齐；对齐期间，一个还没收全的假头挡不住后面已经完整的好帧。
 * 最多留存一个未收全的帧（1054 字节）。
 */
export class Framer {
  #held: Uint8Array = NOTHING;
  /** 坏帧或杂音之后、下一个好帧之前。 */
  #lost = false;
  /** 留存的字节里，开头已经算进某次丢弃的个数。 */
  #told = 0;
  #events: FramerEvent[] = [];

  get heldBytes(): number {
    return this.#held.length;
  }

  push(bytes: Uint8Array): FramerEvent[] {
    return this.#run(this.#held.length === 0 ? plain(bytes) : joined([this.#held, bytes]), false);
  }

  /** 连接或数据报结束：等不到后半截的帧以 `incomplete` 拒收，其中若还藏着完整的帧则照收。 */
  end(): FramerEvent[] {
    return this.#run(this.#held, true);
  }

  #run(bytes: Uint8Array, final: boolean): FramerEvent[] {
    let told = this.#told;
    let at = 0;
    const tell = (reason: FramingReason, to: number, from = told): void => {
      if (to > from) this.#events.push({ kind: 'discarded', reason, bytes: bytes.slice(from, to) });
      told = Math.max(told, to);
    };
    for (;;) {
      at = startAt(bytes, at);
      if (at > told && !this.#lost) {
        tell('no-start', at);
        this.#lost = true;
      }
      if (at === bytes.length) break;
      const verdict = this.#judge(bytes, at, final);
      if (verdict.kind === 'wait') {
        const later = this.#lost ? nextGoodFrame(bytes, at + 1) : -1;
        if (later < 0) break;
        at = later;
      } else if (verdict.kind === 'good') {
        tell('resync', at);
        this.#accept(bytes.subarray(at, verdict.end));
        at = verdict.end;
        told = at;
      } else {
        if (verdict.certain || !this.#lost) tell(verdict.reason, verdict.end, at);
        this.#lost = true;
        at += 1;
      }
    }
    tell('resync', at);
    this.#held = at === bytes.length ? NOTHING : bytes.slice(at);
    this.#told = told - at;
    return this.#take();
  }

  #accept(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (frame !== undefined) this.#events.push({ kind: 'frame', frame });
    this.#lost = false;
  }

  #take(): FramerEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** `at` 处是启动符（或正好在末尾的半个）。 */
  #judge(bytes: Uint8Array, at: number, final: boolean): Verdict {
    const incomplete: Verdict = final ? bad('incomplete', bytes.length, false) : WAIT;
    if (bytes.length < at + HEAD_BYTES) return incomplete;
    const length = unitLengthAt(bytes, at);
    if (length > UNIT_LIMIT) return bad('unit-too-long', at + HEAD_BYTES, false);
    const end = at + frameBytes(length);
    if (bytes.length < end) return incomplete;
    const ended = isEnded(bytes, end);
    const summed = isSummed(bytes, at, end);
    if (ended && summed) return { kind: 'good', end };
    if (ended) return bad('bad-sum', end, true);
    // 校验和也不对，长度就不可信：这一段止于下一个启动符。
    return bad('bad-end', summed ? end : Math.min(end, startAt(bytes, at + 2)), summed);
  }
}

const bad = (reason: FramingReason, end: number, certain: boolean): Verdict => ({
  kind: 'bad',
  reason,
  end,
  certain,
});

/** Node 的 Buffer 的 `slice` 是视图，不是副本：按普通字节看，留存的才不占着整块。 */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

const isEnded = (bytes: Uint8Array, end: number): boolean => bytes[end - 1] === END && bytes[end - 2] === END;

const isSummed = (bytes: Uint8Array, at: number, end: number): boolean =>
  sumOf(bytes, at + 2, end - 3) === bytes[end - 3];

/** 从 `from` 起第一个“@@”；末尾孤零零一个“@”也算（后半个可能还在路上）；没有则为末尾。 */
function startAt(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(START, from); at >= 0; at = bytes.indexOf(START, at + 1)) {
    if (at + 1 === bytes.length || bytes[at + 1] === START) return at;
  }
  return bytes.length;
}

/** 从 `from` 起第一个已经完整且正确的帧；没有则 -1。 */
function nextGoodFrame(bytes: Uint8Array, from: number): number {
  for (let at = startAt(bytes, from); at + HEAD_BYTES <= bytes.length; at = startAt(bytes, at + 1)) {
    const length = unitLengthAt(bytes, at);
    const end = at + frameBytes(length);
    if (length > UNIT_LIMIT || end > bytes.length) continue;
    if (isEnded(bytes, end) && isSummed(bytes, at, end)) return at;
  }
  return -1;
}
