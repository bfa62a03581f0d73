import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crcHj212, crcText } from './crc16.ts';
import { decodeText, encodeText } from './coding.ts';
import { encodeFrame } from './encode.ts';
import { explainSegment } from './explain.ts';
import { Framer } from './framer.ts';
import { inspect } from './inspect.ts';
import { parseSegment, type Segment } from './segment.ts';

interface Vector {
  readonly name: string;
  readonly kind: string;
  readonly input: string;
  readonly checks: { readonly crc_hj212_computed: string; readonly crc_variant?: string };
  readonly expect: {
    readonly strict_accept?: boolean;
    readonly reason: string | null;
    readonly decode: object;
  };
  readonly steps?: readonly { readonly packet: string }[];
}

const folder = path.resolve(process.cwd(), '../shared/vectors/hj212');
const present = existsSync(folder);
const vectors: readonly Vector[] = present
  ? readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  : [];
const packets = vectors.filter((vector) => vector.expect.strict_accept !== undefined);
const good = packets.filter((vector) => vector.expect.strict_accept === true);

/** 来源自己的说法 → 本系统的理由名。 */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/3-digit/, 'three-digit-length'],
  [/RS-485/, 'station-address-dialect'],
  [/data segment has \? bytes/, 'missing-end'],
  [/length mismatch/, 'length-mismatch'],
  [/modbus, bytes swapped/, 'crc-modbus-swapped'],
  [/modbus/, 'crc-modbus'],
  [/CRC mismatch/, 'crc-mismatch'],
];

function segmentOf(text: string): Segment {
  const outcome = parseSegment(encodeText(text));
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.segment;
}

function framed(bytes: Uint8Array): Segment[] {
  const framer = new Framer();
  return [...framer.push(bytes), ...framer.end()].flatMap((event) => {
    if (event.kind !== 'frame') return [];
    const outcome = parseSegment(event.segment);
    return outcome.kind === 'segment' ? [outcome.segment] : [];
  });
}

describe.skipIf(!present)('公开的 HJ 212 报文', () => {
  test('全部 66 份都在', () => {
    expect(vectors).toHaveLength(66);
    expect(good).toHaveLength(36);
    expect(packets).toHaveLength(55);
  });

  test.each(packets)('$name 该收则收，该拒则拒且理由有名', ({ input, expect: expected }) => {
    const [inspection, ...more] = inspect(encodeText(input));
    const reason = REASONS.find(([pattern]) => pattern.test(expected.reason ?? ''))?.[1] ?? null;
    expect(more).toEqual([]);
    expect(inspection?.accept).toBe(expected.strict_accept);
    expect(inspection?.reason).toBe(reason);
    expect(inspection?.decode).toEqual(expected.decode);
  });

  test.each(good)('$name 解开再组回去字节不变', ({ input }) => {
    const [segment] = framed(encodeText(input));
    const check = /&&(\w{4})(\s*)$/.exec(input);
    expect(segment).toBeDefined();
    if (segment === undefined || check === null) return;
    const crcCase = /[a-f]/.test(check[1] ?? '') ? 'lower' : 'upper';
    const frame = encodeFrame(segment, { crcCase, terminator: check[2] ?? '', maxBytes: 9999 });
    expect(decodeText(frame.filter((byte) => byte >= 32))?.text).toBe(input.replaceAll(/[\r\n]/g, ''));
    expect(frame).toHaveLength(input.length);
  });

  test.each(vectors.filter(({ kind }) => kind === 'segment'))('$name 只有数据段也读得出', (vector) => {
    expect(explainSegment(segmentOf(vector.input))).toEqual(vector.expect.decode);
    expect(crcText(crcHj212(encodeText(vector.input)))).toBe(vector.checks.crc_hj212_computed);
  });

  test.each(good)('$name 逐字节送入，结果与整帧送入相同', ({ input }) => {
    const framer = new Framer();
    const events = [...encodeText(input)].flatMap((byte) => framer.push(Uint8Array.of(byte)));
    expect(events).toEqual(new Framer().push(encodeText(input)));
    expect(events).toHaveLength(1);
  });

  test.each(packets.filter((vector) => vector.expect.strict_accept === false))(
    '$name 后面紧跟的好帧不受连累',
    ({ input }) => {
      const next = good[0]?.input ?? '';
      const framer = new Framer();
      const events = [...encodeText(`${input}\r\n${next}`)].flatMap((byte) =>
        framer.push(Uint8Array.of(byte)),
      );
      const frames = events.filter((event) => event.kind === 'frame');
      expect(frames).toHaveLength(1);
      expect(events.filter((event) => event.kind === 'discarded').length).toBeGreaterThan(0);
    },
  );

  test('附录 C.50 的整段会话逐帧可收，组回去与原文一致', () => {
    const steps = vectors.find(({ kind }) => kind === 'conversation')?.steps ?? [];
    const stream = steps.map(({ packet }) => packet).join('');
    const segments = framed(encodeText(stream));
    expect(segments.map(({ cn }) => cn)).toEqual(['2061', '9011', '2061', '9014', '2061', '9014', '9012']);
    expect(segments.map((segment) => decodeFrame(encodeFrame(segment))).join('')).toBe(stream);
  });
});

const decodeFrame = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
