import { type Explanation, explainSegment } from './explain.ts';
import { closingEnd, decimal, digitRun } from './frame-marks.ts';
import { Framer, type FramerEvent, type FramerProfile } from './framer.ts';
import { parseSegment, type Segment } from './segment.ts';
import type { Leniency, RefusalReason } from './text.ts';

/** 一帧的体检：收不收、为什么、读出来是什么。被拒收的帧也尽量给出文字里写了什么，但它绝不能入库。 */
export interface Inspection {
  readonly accept: boolean;
  readonly reason: RefusalReason | null;
  readonly decode: Explanation | null;
  readonly leniencies: readonly Leniency[];
}

/** 体检一行字节（一帧或首尾相接的几帧）；行里有帧时，帧外的杂音不另列。 */
export function inspect(bytes: Uint8Array, profile: Partial<FramerProfile> = {}): Inspection[] {
  const framer = new Framer(profile);
  const events = [...framer.push(bytes), ...framer.end()];
  const framed = events.filter((event) => event.kind === 'frame' || !NOISE.has(event.reason));
  return (framed.length > 0 ? framed : events.slice(0, 1)).map(inspectEvent);
}

const NOISE: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['no-header', 'resync']);

function inspectEvent(event: FramerEvent): Inspection {
  if (event.kind === 'discarded') {
    const segment = readableSegment(event.bytes);
    const decode = segment === undefined ? null : explainSegment(segment);
    return { accept: false, reason: event.reason, decode, leniencies: [] };
  }
  const outcome = parseSegment(event.segment);
  if (outcome.kind === 'refused') {
    return { accept: false, reason: outcome.reason, decode: null, leniencies: event.leniencies };
  }
  const decode = explainSegment(outcome.segment);
  return { accept: true, reason: null, decode, leniencies: event.leniencies };
}

/**
 * 坏帧里的文字写了什么：到收尾“&&”为止；没有收尾则按声明的长度截取并补上。
 * 只用来说明是谁发的、错在哪里，绝不能入库。
 */
export function readableSegment(bytes: Uint8Array): Segment | undefined {
  const framed = bytes[0] === 35;
  const digits = framed ? digitRun(bytes, 2, bytes.length, 8) : 0;
  const start = framed ? 2 + digits : 0;
  const closing = closingEnd(bytes, start, bytes.length);
  const declared = framed ? start + decimal(bytes, 2, Math.min(digits, 4)) : bytes.length;
  const end = closing < 0 ? Math.min(declared, bytes.length) : closing - 4;
  const whole = parseSegment(bytes.subarray(start, end));
  const outcome =
    whole.kind === 'refused' && whole.reason === 'missing-end' ? parseClosed(bytes, start, end) : whole;
  return outcome.kind === 'segment' ? outcome.segment : undefined;
}

function parseClosed(bytes: Uint8Array, start: number, end: number): ReturnType<typeof parseSegment> {
  return parseSegment(Uint8Array.of(...bytes.subarray(start, end), 38, 38));
}
