import { PacketCutter } from './packet-cutter.ts';

/** How much came through over the rounds. */
interface FuzzTally {
  readonly frames: number;
  readonly refused: number;
}

type Random = () => number;

/**
 * Packets (`seeds`) in a row, cut anywhere: each comes out once, whole and in its order. Spoilt or made up: nothing throws, every byte
 * comes out once, and no more is kept than one packet. Throws an `Error` with the promise that does not hold.
 */
export function fuzzMqtt(seeds: readonly Uint8Array[], rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const chosen = Array.from(
      { length: 1 + below(random, 6) },
      () => seeds[below(random, seeds.length)] ?? NOTHING,
    );
    const whole = joined(chosen);
    const cut = cutApart(whole, random);
    check(same(cut.packets, chosen) && cut.left === 0, 'good packets come out as they went in', round);
    const spoilt = whole.slice();
    for (let n = 1 + below(random, 4); n > 0; n -= 1)
      spoilt[below(random, spoilt.length)] = below(random, 256);
    const found = cutApart(spoilt, random);
    const kept = found.left === 0 ? NOTHING : spoilt.subarray(spoilt.length - found.left);
    check(same([joined([...found.packets, kept])], [spoilt]), 'no byte is lost or doubled', round);
    tally.frames += cut.published + found.published;
    tally.refused += found.packets.length - found.published;
  }
  return tally;
}

const NOTHING = new Uint8Array(0);
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

function check(holds: boolean, promise: string, round: number): void {
  if (!holds) throw new Error(`MQTT, round ${round}: ${promise}: does not hold`);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function same(given: readonly Uint8Array[], wanted: readonly Uint8Array[]): boolean {
  return (
    given.length === wanted.length &&
    given.every(
      (one, i) => one.length === wanted[i]?.length && one.every((byte, at) => byte === wanted[i]?.[at]),
    )
  );
}

/** What comes out of a stream in pieces of any size. */
function cutApart(
  stream: Uint8Array,
  random: Random,
): { readonly packets: readonly Uint8Array[]; readonly published: number; readonly left: number } {
  const cutter = new PacketCutter();
  const packets: Uint8Array[] = [];
  let published = 0;
  for (let at = 0; at < stream.length;) {
    const to = Math.min(stream.length, at + 1 + below(random, 40));
    cutter.push(stream.subarray(at, to));
    at = to;
    for (let cut = cutter.next(); cut !== 'more'; cut = cutter.next()) {
      if (cut === 'publish') published += 1;
      packets.push(cutter.packet.slice());
    }
  }
  return { packets, published, left: cutter.unfinished };
}
