import { hexText } from './bcd.ts';
import { encodeBody, parseBody } from './body.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { PacketAssembly } from './packet-assembly.ts';
import { stationValues } from './readings.ts';

/** 一帧最长 65552 字节，握着的不会更多。 */
const MOST_HELD = 65_552;
const MOST_GATHERED = 1024 * 1024;

/**
 * 把好帧弄坏、切碎、夹杂音地喂给解帧与解码，检查许下的每一条：不抛错；每个字节都有下落；内存有界；
 * 解得出的正文组得回去；坏东西之后紧跟的好帧立刻读得出。守不住就抛错，带着那一串字节。
 *
 * @param seeds 完整的好帧
 * @param random 0（含）到 1（不含）
 */
export function fuzzSl651(
  seeds: readonly Uint8Array[],
  rounds: number,
  random: () => number,
): { readonly frames: number; readonly refused: number } {
  const assembly = new PacketAssembly({ bytes: MOST_GATHERED });
  let frames = 0;
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const bytes = spoiledStream(seeds, random);
    const last = pick(seeds, random);
    const events = feed(bytes, last, random);
    for (const event of events) {
      if (event.kind === 'discarded') {
        refused += 1;
        continue;
      }
      frames += 1;
      if (!survives(event.frame, assembly, round)) refused += 1;
    }
  }
  return { frames, refused };
}

function feed(bytes: Uint8Array, last: Uint8Array, random: () => number): FramerEvent[] {
  const framer = new Framer(random() < 0.5 ? 'station' : 'either');
  const events: FramerEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() * 200);
    events.push(...framer.push(bytes.subarray(at, at + size)));
    if (framer.heldBytes > MOST_HELD) broken('握着的字节没有上限', bytes);
    at += size;
  }
  const after = framer.push(last);
  const wanted = hexText(last);
  const found = after.some((event) => event.kind === 'frame' && hexText(encodeFrame(event.frame)) === wanted);
  if (!found) broken('坏字节之后的好帧没有读出', bytes);
  events.push(...after, ...framer.end());
  const told = events.reduce((sum, event) => sum + lengthOf(event), 0);
  if (told !== bytes.length + last.length) broken('有字节不知下落', bytes);
  return events;
}

const lengthOf = (event: FramerEvent): number => (event.kind === 'frame' ? event.bytes : event.bytes.length);

/** 校验正确的一帧：正文读得通就组得回去、读数都是有限的数；返回读不读得通。 */
function survives(frame: Frame, assembly: PacketAssembly, round: number): boolean {
  if (frame.packet !== undefined) {
    const outcome = assembly.take(frame, round);
    if (assembly.heldBytes > MOST_GATHERED + frame.body.length + 64)
      broken('拼包占的内存没有上限', frame.body);
    return outcome.kind !== 'refused';
  }
  const outcome = parseBody(frame);
  if (outcome.kind === 'refused') return false;
  if (hexText(encodeBody(outcome.body)) !== hexText(frame.body)) broken('正文组不回去', frame.body);
  for (const { value } of stationValues(frame, outcome.body)) {
    if (!Number.isFinite(value)) broken('读数不是有限的数', frame.body);
  }
  return true;
}

function broken(promise: string, bytes: Uint8Array): never {
  throw new Error(`SL 651：${promise}：${hexText(bytes)}`);
}

function spoiledStream(seeds: readonly Uint8Array[], random: () => number): Uint8Array {
  const parts = Array.from({ length: 1 + below(4, random) }, () => {
    const spoil = SPOILS[below(SPOILS.length, random)] ?? untouched;
    return spoil(pick(seeds, random), random);
  });
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

type Spoil = (frame: Uint8Array, random: () => number) => Uint8Array;

const untouched: Spoil = (frame) => frame;

/** 在线路上会发生的：丢、改、插、断、连发，以及校验码照对、正文却是坏的。 */
const SPOILS: readonly Spoil[] = [
  untouched,
  (frame, random) => frame.slice(0, below(frame.length, random)),
  (frame, random) => frame.slice(below(frame.length, random)),
  (frame, random) => withByte(frame, below(frame.length, random), below(256, random)),
  (frame, random) => withByte(frame, 11 + below(3, random), below(256, random)),
  (frame, random) => {
    const at = below(frame.length, random);
    const noise = Array.from({ length: below(30, random) }, () => NOISE[below(NOISE.length, random)] ?? 0);
    return Uint8Array.of(...frame.subarray(0, at), ...noise, ...frame.subarray(at));
  },
  (frame, random) => {
    const [event] = new Framer('either').push(frame);
    if (event?.kind !== 'frame') return frame;
    const at = below(event.frame.body.length, random);
    return encodeFrame({ ...event.frame, body: withByte(event.frame.body, at, below(256, random)) });
  },
  (frame, random) => {
    const [event] = new Framer('either').push(frame);
    if (event?.kind !== 'frame') return frame;
    const body = event.frame.body.slice(0, 1 + below(event.frame.body.length, random));
    return encodeFrame({ ...event.frame, body });
  },
];

/** 杂音里偏多帧起始与控制字符，才试得到边上。 */
const NOISE: readonly number[] = [0x7e, 0x7e, 0x7e, 0x01, 0x02, 0x16, 0x03, 0x00, 0x30, 0x41, 0xff, 0xf1];

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = byte;
  return changed;
}

const below = (limit: number, random: () => number): number => Math.floor(random() * limit);

const pick = (seeds: readonly Uint8Array[], random: () => number): Uint8Array =>
  seeds[below(seeds.length, random)] ?? new Uint8Array(0);
