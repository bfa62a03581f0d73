import { expect, test } from 'vitest';

import { pasteRows } from './paste-rows.ts';

test('a table pasted from a spreadsheet becomes rows; its heading and empty lines do not', () => {
  const text = '用户名\t姓名\t单位\r\nflood.a\t防汛值守甲\t区应急管理局\r\n\r\nflood.b\t防汛值守乙\r\n';
  expect(pasteRows(text).map(({ username, name, unit, role }) => [username, name, unit, role])).toEqual([
    ['flood.a', '防汛值守甲', '区应急管理局', ''],
    ['flood.b', '防汛值守乙', '', ''],
  ]);
});

test('commas part the cells where there is no tab', () => {
  expect(pasteRows('a.b, 甲，单位,,,FLOOD,处置人员、业务管理员,2026-12-31')[0]).toEqual({
    username: 'a.b',
    name: '甲',
    unit: '单位',
    title: '',
    phone: '',
    platform: 'FLOOD',
    role: '处置人员、业务管理员',
    expires: '2026-12-31',
  });
});
