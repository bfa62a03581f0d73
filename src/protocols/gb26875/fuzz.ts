import { joined } from './bytes.ts';
import { encodeFrame, type Frame, frameBytes, UNIT_LIMIT } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { inspect } from './inspect.ts';
import { decodeUnit, encodeUnit } from './unit.ts';

/** 一轮轮下来收了多少帧、拒了多少段。 */
export interface FuzzTally {
  readonly frames: number;
  readonly refused: number;
}

/** 0（含）到 1（不含）的随机数；给同一个种子就重演同一轮。 */
type Random = () => number;

const LONGEST_NOISE = 200;
const MOST_HELD = frameBytes(UNIT_LIMIT) + 1;

/**
 * 用好帧（`seeds`）拼出流，切碎、夹杂音、改坏，逐轮检验数据包层的诺言：从不抛错；留存有限；只有好帧夹着不成帧的
 * 杂音时，好帧一个不少、次序不变；被改坏的一帧之后，其余好帧照收；解开再组回去字节不变。
 * 有一条不成立即抛 `Error`，说明是哪一条、在哪一轮。
 */
export function fuzzGb26875(seeds: readonly Uint8Array[], rounds: number, random: Random): FuzzTally {
  if (seeds.length === 0) return { frames: 0, refused: 0 };
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const chosen = Array.from({ length: 1 + below(random, 6) }, () => pick(seeds, random));
    for (const events of [stream(chosen, random, round), damaged(chosen, random, round)]) {
      for (const event of events) tally[event.kind === 'frame' ? 'frames' : 'refused'] += 1;
    }
    check(readsGarbage(random), '解读任意字节不抛错', round);
  }
  return tally;
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const pick = (seeds: readonly Uint8Array[], random: Random): Uint8Array =>
  seeds[below(random, seeds.length)] ?? new Uint8Array(0);

function check(holds: boolean, promise: string, round: number): void {
  if (!holds) throw new Error(`第 ${round} 轮：${promise}，不成立`);
}

/** 不含启动符字节的杂音：它自己永远不成帧，也接不成半个启动符。 */
const plainNoise = (random: Random): Uint8Array =>
  Uint8Array.from({ length: below(random, LONGEST_NOISE) }, () => (below(random, 256) | 0x80) & 0xff);

function stream(chosen: readonly Uint8Array[], random: Random, round: number): FramerEvent[] {
  const parts = chosen.flatMap((seed) => [plainNoise(random), seed]);
  const events = feed(joined(parts), random, round);
  const heard = events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));
  const isSame =
    heard.length === chosen.length && heard.every((frame, at) => isEqual(rebuilt(frame), chosen[at]));
  check(isSame, '夹着杂音的好帧一个不少、次序不变、组回去字节不变', round);
  return events;
}

/** 坏一帧（改字节、截断或插入启动符），再接好帧：连接结束时最后一个好帧总在。 */
function damaged(chosen: readonly Uint8Array[], random: Random, round: number): FramerEvent[] {
  const [first = new Uint8Array(0)] = chosen;
  const last = chosen.at(-1) ?? first;
  const bytes = joined([spoil(first, random), ...chosen.slice(1, -1), last]);
  const events = feed(bytes, random, round);
  const found = events.some((event) => event.kind === 'frame' && isEqual(rebuilt(event.frame), last));
  check(found, '坏帧之后的好帧照收', round);
  return events;
}

function spoil(seed: Uint8Array, random: Random): Uint8Array {
  const bytes = seed.slice(0, random() < 0.3 ? below(random, seed.length) : seed.length);
  for (let times = 1 + below(random, 4); times > 0 && bytes.length > 0; times -= 1) {
    bytes[below(random, bytes.length)] = random() < 0.3 ? 0x40 : below(random, 256);
  }
  return bytes;
}

/** 随机切开送入，再结束；留存的字节有限。 */
function feed(bytes: Uint8Array, random: Random, round: number): FramerEvent[] {
  const framer = new Framer();
  const events: FramerEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + below(random, random() < 0.2 ? 3 : 120);
    events.push(...framer.push(bytes.subarray(at, at + size)));
    check(framer.heldBytes <= MOST_HELD, '留存不超过一个未收全的帧', round);
    at += size;
  }
  events.push(...framer.end());
  check(framer.heldBytes === 0, '结束之后不留存', round);
  return events;
}

const rebuilt = (frame: Frame): Uint8Array =>
  encodeFrame({ ...frame, unit: encodeUnit(decodeUnit(frame.unit)) });

const isEqual = (left: Uint8Array, right: Uint8Array | undefined): boolean =>
  left.length === right?.length && left.every((byte, at) => byte === right[at]);

function readsGarbage(random: Random): boolean {
  const bytes = Uint8Array.from({ length: below(random, 80) }, () => below(random, 256));
  const unit = decodeUnit(bytes, { surplus: random() < 0.5 ? 'ignore' : 'refuse' });
  return (
    inspect(bytes).every(({ decode }) => JSON.stringify(decode) !== '') && isEqual(encodeUnit(unit), bytes)
  );
}
