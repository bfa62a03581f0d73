import { AppError, csvLine } from '#base';

import { readRows } from '../../src/services/monitoring/back-fill/read-rows.ts';
import { parseCsv } from '../../src/services/platform/organisation/sheet/parse-csv.ts';
import { spoilText } from './spoil.ts';
import { below, check, type FuzzTally, type Random } from './target.ts';

const HEAD = ['监测点', '时间', '数值'];
const MOST_ROWS = 30;

/** Back-fill sheets, spoilt: every cell comes out of the text, every row is read or named with what is wrong; good sheets come back whole. */
export function fuzzSheets(rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const sheet = [HEAD, ...Array.from({ length: 1 + below(random, MOST_ROWS) }, () => rowOf(random))];
    const good = sheet.map(csvLine).join('');
    check(JSON.stringify(parseCsv(good)) === JSON.stringify(sheet), '好表原样读回', good);
    const { rows } = readRows(parseCsv(good));
    check(rows.length === sheet.length - 1, '好表行行可用', good);
    tally.frames += rows.length;
    const [read, refused] = spoilt(spoilText(good, random));
    tally.frames += read;
    tally.refused += refused;
  }
  return tally;
}

function rowOf(random: Random): readonly string[] {
  const names = ['P-1', '泵站,一号', '他说"好"', '两\n行'];
  const name = names[below(random, names.length)] ?? '';
  return [name, `2026-11-${10 + below(random, 20)} 08:00:00`, String(below(random, 1000) / 10)];
}

/** How many rows were read, and how many refused. */
function spoilt(text: string): readonly [read: number, refused: number] {
  const table = parseCsv(text);
  const size = table.flat().reduce((sum, { length }) => sum + length, 0);
  check(size <= text.length, '格子里的字都出自表里', text);
  try {
    const { count, rows, faults } = readRows(table);
    check(count <= table.length && rows.length <= count, '行数不比表多', text);
    check(rows.length + faults.length >= count, '每一行要么可用，要么说明哪里不对', text);
    for (const { at, value } of rows) check(Number.isFinite(at) && Number.isFinite(value), '读数有限', text);
    return [rows.length, count - rows.length];
  } catch (error) {
    // A sheet without its headings is refused whole.
    if (error instanceof AppError) return [0, 1];
    throw error;
  }
}
