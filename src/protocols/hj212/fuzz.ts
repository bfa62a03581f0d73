import { encodeFrame } from './encode.ts';
import { explainSegment } from './explain.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { inspect } from './inspect.ts';
import { factorValues } from './readings.ts';
import { parseSegment } from './segment.ts';

/** 一轮轮下来收了多少帧、拒了多少段。 */
interface FuzzTally {
  readonly frames: number;
  readonly refused: number;
}

type Random = () => number;

const MOST_HELD = 64 * 1024;

/**
 * 用好帧（`seeds`）拼出流，切碎、夹杂音、改坏，逐轮检验许下的每一条：从不抛错；留存有限；只夹杂音时好帧一个不少、
 * 次序不变；被改坏的一帧之后紧跟的好帧照收；读得通的数据段组得回去，读数都是有限的数。守不住即抛 `Error`。
 */
export function fuzzHj212(seeds: readonly Uint8Array[], rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const chosen = Array.from({ length: 1 + below(random, 6) }, () => pick(seeds, random));
    for (const events of [stream(chosen, random, round), damaged(chosen, random, round)]) {
      for (const event of events) {
        tally[event.kind === 'frame' ? 'frames' : 'refused'] += 1;
        if (event.kind === 'frame') check(survives(event.segment), '读得通的数据段组得回去、读数有限', round);
      }
    }
    const garbage = Uint8Array.from({ length: below(random, 120) }, () => below(random, 256));
    check(
      inspect(garbage).every(({ decode }) => JSON.stringify(decode) !== ''),
      '解读任意字节不抛错',
      round,
    );
  }
  return tally;
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const pick = (seeds: readonly Uint8Array[], random: Random): Uint8Array =>
  seeds[below(random, seeds.length)] ?? new Uint8Array(0);

function check(holds: boolean, promise: string, round: number): void {
  if (!holds) throw new Error(`HJ 212 第 ${round} 轮：${promise}，不成立`);
}

const HASH = 0x23;
const LONGEST_NOISE = 200;

/** 没有“#”的杂音：它自己永远不成帧。 */
const plainNoise = (random: Random): Uint8Array =>
  Uint8Array.from({ length: below(random, LONGEST_NOISE) }, () => {
    const byte = below(random, 256);
    return byte === HASH ? 0x20 : byte;
  });

function stream(chosen: readonly Uint8Array[], random: Random, round: number): FramerEvent[] {
  const events = feed(
    chosen.flatMap((seed) => [plainNoise(random), seed]),
    random,
    round,
  );
  const heard = events.flatMap((event) => (event.kind === 'frame' ? [event.segment] : []));
  const isSame =
    heard.length === chosen.length && heard.every((segment, at) => isWithin(segment, chosen[at]));
  check(isSame, '夹着杂音的好帧一个不少、次序不变', round);
  return events;
}

/** 坏一帧（改字节、截断、插“##”），再接好帧：连接结束时最后一个好帧总在。 */
function damaged(chosen: readonly Uint8Array[], random: Random, round: number): FramerEvent[] {
  const [first = new Uint8Array(0)] = chosen;
  const last = chosen.at(-1) ?? first;
  const events = feed([spoil(first, random), ...chosen.slice(1, -1), last], random, round);
  const found = events.some((event) => event.kind === 'frame' && isWithin(event.segment, last));
  check(found, '坏帧之后的好帧照收', round);
  return events;
}

/** “##”、数字与收尾比乱字节更容易试到边上。 */
const NOTABLE: readonly number[] = [HASH, 0x26, 0x30, 0x39, 0x3b, 0x0d, 0x0a];

function spoil(seed: Uint8Array, random: Random): Uint8Array {
  const bytes = seed.slice(0, random() < 0.3 ? below(random, seed.length) : seed.length);
  for (let times = 1 + below(random, 4); times > 0 && bytes.length > 0; times -= 1) {
    const byte = random() < 0.5 ? NOTABLE[below(random, NOTABLE.length)] : below(random, 256);
    bytes[below(random, bytes.length)] = byte ?? 0;
  }
  return bytes;
}

/** 随机切开送入，再结束；留存的字节有限。 */
function feed(parts: readonly Uint8Array[], random: Random, round: number): FramerEvent[] {
  const framer = new Framer();
  const events: FramerEvent[] = [];
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  for (let at = 0; at < bytes.length;) {
    const size = 1 + below(random, random() < 0.2 ? 3 : 300);
    events.push(...framer.push(bytes.subarray(at, at + size)));
    check(framer.heldBytes <= MOST_HELD, '留存有限', round);
    at += size;
  }
  events.push(...framer.end());
  check(framer.heldBytes === 0, '结束之后不留存', round);
  return events;
}

/** 帧里“##”、长度之后就是数据段。 */
function isWithin(segment: Uint8Array, frame: Uint8Array | undefined): boolean {
  const at = 6;
  return frame !== undefined && segment.every((byte, i) => byte === frame[at + i]);
}

function survives(bytes: Uint8Array): boolean {
  const outcome = parseSegment(bytes);
  if (outcome.kind === 'refused') return true;
  const { segment } = outcome;
  JSON.stringify(explainSegment(segment));
  const again = parseSegment(encodeFrame(segment, { maxBytes: 9999 }).subarray(6, -6));
  return (
    again.kind === 'segment' &&
    JSON.stringify(again.segment.groups) === JSON.stringify(segment.groups) &&
    factorValues(segment).every(({ value }) => Number.isFinite(value))
  );
}
