import { expect, test } from 'vitest';

import { columnText, countByColumn, faultRows, filterFaults } from './faults.ts';

const COLUMNS = [
  { column: 'A', header: '编码', field: 'code', how: 'synonym' as const, samples: ['UP-1'] },
  { column: 'C', header: '位置/纬度', field: 'lat', how: 'mapping' as const, samples: ['31.2'] },
];
const fault = (row: number, column: string, value: string, message: string) => ({
  row,
  column,
  field: null,
  value,
  message,
});
const FAULTS = [
  fault(3, 'C', '一百', '纬度不是数字。请填小数度。'),
  fault(9, 'C', '', '缺纬度。请补上。'),
  fault(9, 'A', 'UP-1', '编码重复。请改成不同的编码。'),
];

test('a fault is named by the letter of its column and what stands above it', () => {
  expect(columnText(FAULTS[0] ?? fault(1, '', '', ''), COLUMNS)).toBe('C 位置/纬度');
  expect(columnText(fault(1, '', '', ''), COLUMNS)).toBe('整表');
});

test('faults are counted by column and found by row, value or sentence', () => {
  expect(countByColumn(FAULTS)).toEqual([
    { column: 'C', count: 2 },
    { column: 'A', count: 1 },
  ]);
  expect(filterFaults(FAULTS, { text: '9', column: undefined })).toHaveLength(2);
  expect(filterFaults(FAULTS, { text: '重复', column: undefined })).toHaveLength(1);
  expect(filterFaults(FAULTS, { text: '', column: 'C' })).toHaveLength(2);
});

test('the file has a line of headers and one line per fault', () => {
  expect(faultRows(FAULTS, COLUMNS)[1]).toEqual(['3', 'C 位置/纬度', '一百', '纬度不是数字。请填小数度。']);
  expect(faultRows(FAULTS, COLUMNS)).toHaveLength(4);
});
