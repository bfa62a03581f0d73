import { expect, test } from 'vitest';

import { toCsv } from './csv.ts';

test('quotes, commas and line breaks inside a cell survive', () => {
  expect(
    toCsv([
      ['行', '问题'],
      ['3', '值“a,b”\n不对 "x"'],
    ]),
  ).toBe('\uFEFF行,问题\r\n3,"值“a,b”\n不对 ""x"""\r\n');
});

test('a cell that a spreadsheet would run is made a text, a negative number is not', () => {
  expect(toCsv([['=1+1', '-12.5', '@cmd', '-cmd']])).toBe("\uFEFF'=1+1,-12.5,'@cmd,'-cmd\r\n");
});
