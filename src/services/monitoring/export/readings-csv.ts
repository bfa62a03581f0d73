import { csvLine } from '#base';
import { momentText } from '#contract/monitoring';

import type { ExportPiece } from './exported-rows.ts';
import { readingCells } from './reading-cells.ts';

const COLUMNS = [
  '监测点',
  '对象',
  '要素',
  '单位',
  '观测时间（北京）',
  '值',
  '质量',
  '标记',
  '来源',
  '回放',
  '模拟',
  '原始值（修正前）',
];
/** The mark by which a spreadsheet knows UTF-8. */
const BOM = '\u{feff}';
const YES = '是';

/** Readings as CSV (RFC 4180) for people and their spreadsheets. */
export async function* readingsCsv(pieces: AsyncGenerator<ExportPiece>): AsyncGenerator<string> {
  yield BOM + csvLine(COLUMNS);
  for await (const { point, columns } of pieces) {
    let text = '';
    for (let i = 0; i < columns.length; i += 1) {
      const cells = readingCells(columns, i);
      text += csvLine([
        point.code,
        point.object_name,
        point.element_name,
        point.unit,
        momentText(cells.observedAt).slice(0, 23).replace('T', ' '),
        cells.value,
        cells.suspect ? '存疑' : '正常',
        cells.marks,
        cells.source,
        cells.replay ? YES : '',
        point.simulated ? YES : '',
        cells.raw ?? '',
      ]);
    }
    yield text;
  }
}
