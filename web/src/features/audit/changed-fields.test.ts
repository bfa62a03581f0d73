import { expect, test } from 'vitest';

import { changedFields } from './changed-fields.ts';

test('before and after stand side by side, in words', () => {
  expect(
    changedFields(
      { state: 'dispatched', handler: null, version: 1 },
      { state: 'accepted', handler: 3, dueAt: Date.UTC(2026, 10, 20, 1) },
    ),
  ).toEqual([
    { name: '状态', before: '待接单', after: '已接单' },
    { name: '版本', before: '1', after: undefined },
    { name: '处置人员', before: undefined, after: '3' },
    { name: '到期', before: undefined, after: '2026-11-20 09:00' },
  ]);
});

test('lists and nested things are readable, and what is not an object at all is shown as it is', () => {
  expect(
    changedFields(null, { scenarios: ['FLOOD', 'GAS'], home: { lat: 31.2, tags: [] }, on: true }),
  ).toEqual([
    { name: '场景', before: undefined, after: 'FLOOD、GAS' },
    { name: 'home · 纬度', before: undefined, after: '31.2' },
    { name: 'home · tags', before: undefined, after: '（空）' },
    { name: 'on', before: undefined, after: '是' },
  ]);
  expect(changedFields('旧', ['新'])).toEqual([{ name: '', before: '旧', after: '新' }]);
  expect(changedFields(null, null)).toEqual([]);
});

test('a record that nests without end is cut off, not followed', () => {
  let deep: unknown = '底';
  for (let i = 0; i < 30; i += 1) deep = { level: deep };
  expect(changedFields(null, deep)).toHaveLength(1);
});
