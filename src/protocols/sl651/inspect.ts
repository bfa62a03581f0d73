import { parseBody } from './body.ts';
import { type End, endName, HEAD, HEADER_BYTES, PACKET_BYTES, SYN, TAIL_BYTES } from './control.ts';
import { crc16, crcText } from './crc16.ts';
import { type Explanation, explainBody, functionName } from './explain.ts';
import { codeText, type Direction, encodeFrame, type Frame, readHeader, readPacket } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { hexText } from './bcd.ts';
import type { RefusalReason } from './text.ts';

/** 一帧的体检：收不收、为什么、读出来是什么。被拒收的帧也尽量给出字节里写了什么，但它绝不能入库。 */
export interface Inspection {
  readonly accept: boolean;
  readonly reason: RefusalReason | null;
  readonly decode: Explanation | null;
}

/** 体检一行字节（一帧或首尾相接的几帧，上下行都可以）；行里有帧时，帧外的杂音不另列。 */
export function inspect(bytes: Uint8Array): Inspection[] {
  const framer = new Framer('either');
  const events = [...framer.push(bytes), ...framer.end()];
  const framed = events.filter((event) => event.kind === 'frame' || !NOISE.has(event.reason));
  return (framed.length > 0 ? framed : events.slice(0, 1)).map(inspectEvent);
}

const NOISE: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['no-header', 'resync']);

function inspectEvent(event: FramerEvent): Inspection {
  if (event.kind === 'discarded') {
    return { accept: false, reason: event.reason, decode: explainBytes(event.bytes) };
  }
  const decode = explainBytes(encodeFrame(event.frame));
  const whole = event.frame.packet === undefined ? parseBody(event.frame) : undefined;
  return whole?.kind === 'refused'
    ? { accept: false, reason: whole.reason, decode }
    : { accept: true, reason: null, decode };
}

/** 从“7E7E”起的字节写了什么，不论对错；连报头都不全为 `null`。 */
function explainBytes(bytes: Uint8Array): Explanation | null {
  if (bytes.length < HEADER_BYTES || bytes[0] !== HEAD || bytes[1] !== HEAD) return null;
  const word = ((bytes[11] ?? 0) << 8) | (bytes[12] ?? 0);
  const direction: Direction = word >> 12 === 8 ? 'down' : 'up';
  const syn = bytes[13] === SYN;
  const declared = word & 0xfff;
  const end = HEADER_BYTES + declared;
  const header = readHeader(bytes, direction);
  const packet = syn ? readPacket(bytes, HEADER_BYTES) : undefined;
  const checks = checksOf(bytes, end);
  const { code, centre, station, password } = header;
  return {
    direction,
    center: centre,
    station,
    password,
    function: codeText(code),
    ...functionName(code),
    body_length_declared: declared,
    start: syn ? 'SYN' : 'STX',
    ...(packet === undefined ? {} : { packets_total: packet.total, packet_no: packet.number }),
    end: endName(bytes[end]) ?? hexText(bytes.subarray(end, end + 1)),
    ...checks,
    ...(checks.length_ok ? contentOf({ ...header, packet }, bytes, end) : {}),
  };
}

/** 长度成立的帧的正文，与结束符合不合它的方向。 */
function contentOf(
  header: Omit<Frame, 'body' | 'end'>,
  bytes: Uint8Array,
  at: number,
): Pick<Explanation, 'body' | 'end_of_other_direction'> {
  const end = endName(bytes[at]) ?? 'ETX';
  const from = HEADER_BYTES + (header.packet === undefined ? 0 : PACKET_BYTES);
  const shown = explainBody({ ...header, body: bytes.slice(from, at), end });
  const odd = suits(end, header.direction) ? {} : { end_of_other_direction: true as const };
  return { ...(shown === undefined ? {} : { body: shown }), ...odd };
}

type Checks = Pick<Explanation, 'crc_in_frame' | 'crc_computed' | 'crc_ok' | 'length_ok'>;

function checksOf(bytes: Uint8Array, end: number): Checks {
  const crcInFrame = hexText(bytes.subarray(end + 1, end + TAIL_BYTES));
  const crcComputed = crcText(crc16(bytes, 0, Math.min(end + 1, bytes.length)));
  return {
    crc_in_frame: crcInFrame,
    crc_computed: crcComputed,
    crc_ok: crcInFrame === crcComputed,
    length_ok: bytes.length >= end + TAIL_BYTES && endName(bytes[end]) !== undefined,
  };
}

const suits = (end: End, direction: Direction): boolean =>
  (end === 'ETX' || end === 'ETB') === (direction === 'up');
