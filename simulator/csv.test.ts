import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

import { CsvSplitter, readCsv, separatorOf } from './csv.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'puan-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(name: string, content: string | Uint8Array): Promise<readonly (readonly string[])[]> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readCsv(file)) rows.push(cells);
  return rows;
}

test('quoted cells keep separators, line ends and doubled quotes', async () => {
  const text = '\uFEFFtime,say,n\r\n1,"a, ""b""\nc",2\r\n2,,3';
  expect(await rowsOf('quoted.csv', text)).toEqual([
    ['1', 'a, "b"\nc', '2'],
    ['2', '', '3'],
  ]);
});

test('a table split anywhere gives the same rows', () => {
  const text = 'a;b\n"x;1";2\n;\n"q""q";\n';
  const whole = new CsvSplitter(';');
  const bytewise = new CsvSplitter(';');
  const rows = [...whole.push(text), ...whole.end()];
  expect([...text.split('').flatMap((c) => bytewise.push(c)), ...bytewise.end()]).toEqual(rows);
  expect(rows).toEqual([
    ['a', 'b'],
    ['x;1', '2'],
    ['', ''],
    ['q"q', ''],
  ]);
});

test('a semicolon table is known by its header, quoted commas do not mislead', () => {
  expect(separatorOf('mon;day;"a,b,c,d"')).toBe(';');
  expect(separatorOf('time,value')).toBe(',');
});

test('a packed table of many rows is read as a stream to its last row', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},雨${i}`);
  const rows = await rowsOf('many.csv.gz', gzipSync(`t,v\n${lines.join('\n')}`));
  expect(rows.length).toBe(20_000);
  expect(rows.at(-1)).toEqual(['19999', '雨19999']);
});
