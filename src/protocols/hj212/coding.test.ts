import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, decodeUtf8, encodeText } from './coding.ts';

test('中文按 UTF-8 写出去再读回来不变', () => {
  const point = string({ unit: 'grapheme' }).filter((text) => /^[^\p{Cc}]*$/u.test(text));
  assert(
    property(point, (text) => {
      expect(encodeText(text)).toEqual(new Uint8Array(Buffer.from(text, 'utf8')));
      expect(decodeText(encodeText(text))).toEqual({ text, coding: 'utf-8' });
    }),
  );
});

test('不是 UTF-8 的字节（如 GBK 的“浦”）逐字节保留', () => {
  const gbk = Uint8Array.of(0xc6, 0xd6, 0x41);
  const coded = decodeText(gbk);
  expect(coded?.coding).toBe('bytes');
  expect(encodeText(coded?.text ?? '', 'bytes')).toEqual(gbk);
});

test.each([
  ['过长编码', [0xc0, 0xaf]],
  ['代理区', [0xed, 0xa0, 0x80]],
  ['超出码点', [0xf4, 0x90, 0x80, 0x80]],
  ['截断', [0xe6, 0xb5]],
  ['孤立的后续字节', [0x80]],
])('%s不是 UTF-8', (_name, bytes) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined();
});

test('含控制字符的数据段不可读', () => {
  expect(decodeText(Uint8Array.of(65, 0, 66))).toBeUndefined();
});
