import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromHex, hexOf } from './bytes.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { inspect } from './inspect.ts';
import { decodeUnit, encodeUnit } from './unit.ts';

interface Vector {
  readonly name: string;
  readonly kind?: string;
  readonly input_hex: string;
  readonly expect: {
    readonly accept: boolean;
    readonly reason: string | null;
    readonly decode: object | null;
  };
}

const folder = path.resolve(process.cwd(), '../shared/vectors/gb26875');
const present = existsSync(folder);
const vectors: readonly Vector[] = present
  ? readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  : [];
const frames = vectors.filter(({ kind }) => kind === undefined);
const units = vectors.filter(({ kind }) => kind !== undefined);
const good = frames.filter((vector) => vector.expect.accept);
const bad = frames.filter((vector) => !vector.expect.accept);

/** 来源自己的说法 → 本系统的理由名；两项都不对时先看收没收全。 */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^too short/, 'unit-too-short'],
  [/^start_ok/, 'no-start'],
  [/^total_length_ok/, 'incomplete'],
  [/^checksum_ok/, 'bad-sum'],
  [/^end_ok/, 'bad-end'],
];
const reasonOf = (text: string | null): string | null =>
  text === null ? null : (REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? text);

/** 与标准不符、以标准为准的：表 5 有部件类型 121“警报装置”，该例写作没有名称。 */
function corrected({ name, expect: { decode } }: Vector): object | null {
  if (name !== 'gb26875-app-type2-2' || decode === null) return decode;
  return JSON.parse(
    JSON.stringify(decode).replace('"component_type_name":null', '"component_type_name":"警报装置"'),
  );
}

const framed = (events: readonly FramerEvent[]): Frame[] =>
  events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));

const byteByByte = (hex: string): FramerEvent[] => {
  const framer = new Framer();
  return [...fromHex(hex)].flatMap((byte) => framer.push(Uint8Array.of(byte)));
};

describe.skipIf(!present)('公开的 GB/T 26875.3 报文', () => {
  test('全部 46 份都在', () => {
    expect([vectors, good, bad, units].map(({ length }) => length)).toEqual([46, 15, 6, 25]);
  });

  test.each(vectors)('$name 该收则收，该拒则拒且理由有名', (vector) => {
    const [inspection, ...more] = inspect(fromHex(vector.input_hex));
    expect(more).toEqual([]);
    expect(inspection?.accept).toBe(vector.expect.accept);
    expect(inspection?.reason).toBe(reasonOf(vector.expect.reason));
    // 多出的名称不妨碍；“什么也不该读出来”的也套一层来比。
    expect({ decode: inspection?.decode }).toMatchObject({ decode: corrected(vector) });
  });

  test.each(good)('$name 解开再组回去字节不变', ({ input_hex }) => {
    const [frame, ...more] = framed(new Framer().push(fromHex(input_hex)));
    expect(more).toEqual([]);
    if (frame === undefined) throw new Error('没有读出数据包');
    expect(hexOf(encodeFrame({ ...frame, unit: encodeUnit(decodeUnit(frame.unit)) }))).toBe(input_hex);
  });

  test.each(units)('$name 解开再组回去字节不变', ({ input_hex }) => {
    expect(hexOf(encodeUnit(decodeUnit(fromHex(input_hex))))).toBe(input_hex);
  });

  test.each(good)('$name 逐字节送入，结果与整帧送入相同', ({ input_hex }) => {
    expect(byteByByte(input_hex)).toEqual(new Framer().push(fromHex(input_hex)));
  });

  test.each(bad)('$name 后面紧跟的好帧不受连累', ({ input_hex }) => {
    const next = good[0]?.input_hex ?? '';
    const events = byteByByte(input_hex + next);
    expect(framed(events)).toHaveLength(1);
    expect(events.some((event) => event.kind === 'discarded')).toBe(true);
  });
});
