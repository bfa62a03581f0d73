import { expect, test } from 'vitest';

import { assign, isSame, startMapping } from './mapping.ts';

const column = (header: string, field: string | null) => ({
  column: 'A',
  header,
  field,
  how: null,
  samples: [],
});

test('the mapping starts with what was recognised; a column without a header stays out', () => {
  expect(startMapping([column('名称', 'name'), column('点位Y', null), column('', null)])).toEqual({
    名称: 'name',
    点位Y: null,
  });
});

test('a field that is given to another column is taken from the first', () => {
  const mapping = { 名称: 'name', 全称: null };
  expect(assign(mapping, '全称', 'name')).toEqual({ 名称: null, 全称: 'name' });
  expect(assign(mapping, '名称', null)).toEqual({ 名称: null, 全称: null });
  expect(isSame(mapping, assign(assign(mapping, '全称', 'name'), '名称', 'name'))).toBe(true);
});
