import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hexText } from './bcd.ts';
import { encodeBody, parseBody } from './body.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { inspect } from './inspect.ts';
import { PacketAssembly, type PacketOutcome } from './packet-assembly.ts';

interface Vector {
  readonly name: string;
  readonly input_hex?: string;
  readonly input_hex_frames?: readonly string[];
  readonly expect: {
    readonly accept: boolean;
    readonly reason: string | null;
    readonly decode?: object;
    readonly joined_body_bytes?: number;
    readonly picture_bytes?: number;
    readonly picture_sha256?: string;
    readonly first_body?: object;
  };
}

const folder = path.resolve(process.cwd(), '../shared/vectors/sl651');
const present = existsSync(folder);
const vectors: readonly Vector[] = present
  ? readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const singles = vectors.flatMap((vector) =>
  vector.input_hex === undefined ? [] : [{ ...vector, input: bytesOf(vector.input_hex) }],
);
const good = singles.filter((vector) => vector.expect.accept);
const bad = singles.filter((vector) => !vector.expect.accept);
const picture = vectors.find(({ input_hex_frames: frames }) => frames !== undefined);

/** 来源自己的说法 → 本系统的理由名；报文抄录得不全的是没有收完。 */
function reasonOf({ expect: expected, input }: (typeof singles)[number]): string | null {
  if (expected.reason === null) return null;
  if (/CRC mismatch/.test(expected.reason)) return 'crc-mismatch';
  const declared = ((input[11] ?? 0) << 8) | (input[12] ?? 0);
  return input.length < 14 + declared + 3 ? 'cut-short' : 'length-mismatch';
}

const framesOf = (events: readonly FramerEvent[]): Frame[] =>
  events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));
const readAll = (bytes: Uint8Array): Frame[] => framesOf(new Framer('either').push(bytes));

/** 同一个种子同一个序列。 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.skipIf(!present)('公开的 SL 651 报文', () => {
  test('全部 57 份都在', () => {
    expect(vectors).toHaveLength(57);
    expect(good).toHaveLength(42);
    expect(bad).toHaveLength(14);
  });

  test.each(singles)('$name 该收则收，该拒则拒且理由有名，读出的内容一致', (vector) => {
    const [inspection, ...more] = inspect(vector.input);
    expect(more).toEqual([]);
    expect(inspection?.accept).toBe(vector.expect.accept);
    expect(inspection?.reason).toBe(reasonOf(vector));
    expect(inspection?.decode).toMatchObject(vector.expect.decode ?? {});
  });

  test.each(good)('$name 解开再组回去字节不变', ({ input }) => {
    const [frame] = readAll(input);
    if (frame === undefined) throw new Error('没有读出帧');
    const outcome = parseBody(frame);
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    expect(hexText(encodeFrame({ ...frame, body: encodeBody(outcome.body) }))).toBe(hexText(input));
  });

  test.each(bad)('$name 后面紧跟的好帧不受连累', ({ input }) => {
    const next = good[0]?.input ?? new Uint8Array(0);
    const framer = new Framer('either');
    const events = [...input, ...next].flatMap((byte) => framer.push(Uint8Array.of(byte)));
    expect(framesOf(events).map((frame) => hexText(encodeFrame(frame)))).toEqual([hexText(next)]);
    expect(events.filter((event) => event.kind === 'discarded').length).toBeGreaterThan(0);
  });

  test.each(Array.from({ length: 20 }, (_, at) => at + 1))(
    '第 %d 种切法：好帧之间夹着杂音，一帧不多一帧不少',
    (seed) => {
      const random = seeded(seed);
      const parts = [...good.map(({ input }) => input), ...(picture?.input_hex_frames ?? []).map(bytesOf)];
      const stream = parts.flatMap((part) => {
        const noise = Array.from({ length: Math.floor(random() * 20) }, () => Math.floor(random() * 256));
        return [...noise.filter((byte) => byte !== 0x7e), ...part];
      });
      const framer = new Framer('either');
      const frames: Frame[] = [];
      for (let at = 0; at < stream.length;) {
        const size = 1 + Math.floor(random() * 90);
        frames.push(...framesOf(framer.push(Uint8Array.from(stream.slice(at, at + size)))));
        at += size;
      }
      expect(frames.map((frame) => hexText(encodeFrame(frame)))).toEqual(parts.map(hexText));
    },
  );

  test('十三包的图片：乱序、重复也能拼成，图与来源的摘要一致', () => {
    if (picture?.input_hex_frames === undefined) throw new Error('没有图片报');
    const { input_hex_frames: texts, expect: expected } = picture;
    const frames = texts.flatMap((hex) => readAll(bytesOf(hex)));
    const assembly = new PacketAssembly();
    const middle = [...frames.slice(3, 9).toReversed(), ...frames.slice(3, 5)];
    const shuffled = [...middle, ...frames.slice(0, 3), ...frames.slice(9)];
    const outcomes: PacketOutcome[] = shuffled.map((frame) => assembly.take(frame, 0));
    expect(outcomes.slice(0, -1).every(({ kind }) => kind === 'waiting')).toBe(true);
    expect(assembly.heldBytes).toBe(0);
    const whole = outcomes.flatMap((outcome) => (outcome.kind === 'whole' ? [outcome.frame] : []));
    expect(whole.map(({ body }) => body.length)).toEqual([expected.joined_body_bytes]);
    const images = whole.map(pictureOf);
    expect(images.map(({ length }) => length)).toEqual([expected.picture_bytes]);
    expect(images.map((image) => createHash('sha256').update(image).digest('hex'))).toEqual([
      expected.picture_sha256,
    ]);
    expect(inspect(bytesOf(texts[0] ?? ''))).toMatchObject([{ decode: { body: expected.first_body } }]);
  });
});

function pictureOf(frame: Frame): Uint8Array {
  const outcome = parseBody(frame);
  const item = outcome.kind === 'body' ? outcome.body.items.at(-1) : undefined;
  return item?.kind === 'picture' ? item.raw : new Uint8Array(0);
}
