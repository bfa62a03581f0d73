import { expect, test } from 'vitest';

import { createBody, EMPTY_UNIT, faultOfUnit, updateBody } from './unit-form.ts';

const UNIT = { ...EMPTY_UNIT, code: 'PDGAS', name: '浦东燃气', platform: 'PD' };

test('a unit without a name or a platform, and one with a wrong credit code, are said before sending', () => {
  expect(faultOfUnit({ ...UNIT, name: ' ' })).toBe('“名称”要填写。');
  expect(faultOfUnit({ ...UNIT, platform: '' })).toBe('“所属平台”要填写。');
  expect(faultOfUnit({ ...UNIT, creditCode: '9131' })).toBe('统一社会信用代码须为 18 位数字或大写字母。');
  expect(faultOfUnit({ ...UNIT, creditCode: '91310115MA1K3XXX0X' })).toBeUndefined();
});

test('what is empty is left out of a new unit and cleared on a known one', () => {
  expect(createBody(UNIT)).toEqual({ code: 'PDGAS', name: '浦东燃气', kind: 'responsible', platform: 'PD' });
  expect(updateBody({ address: ' ', note: '夜间有人' }, 4)).toEqual({
    version: 4,
    address: null,
    note: '夜间有人',
  });
});
