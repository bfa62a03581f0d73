import { expect, test } from 'vitest';

import { changeFields, differencesOf } from './change-fields.ts';

const account = {
  name: '防汛值守甲',
  unit: '区应急管理局',
  title: null,
  expiresAt: null,
  roles: [
    {
      role: 'handler',
      roleName: '处置人员',
      platform: 'FLOOD',
      platformName: '防汛防台',
      validFrom: 0,
      validTo: null,
      source: 'local',
      team: null,
    },
    {
      role: 'handler',
      roleName: '处置人员',
      platform: 'GAS',
      platformName: '燃气',
      validFrom: 0,
      validTo: null,
      source: 'local',
      team: '抢险一班',
    },
  ],
} as const;
const start = changeFields({ ...account, roles: [...account.roles] });
const differences = (more: object) =>
  differencesOf({ ...account, roles: [...account.roles] }, { ...start, ...more });

test('a change asks for what differs and for nothing else; a team’s role is not among what can be changed', () => {
  expect(start.roles.map(({ platform }) => platform)).toEqual(['FLOOD']);
  expect(differences({})).toBeUndefined();
  expect(differences({ title: ' 队长 ' })).toEqual({ title: '队长' });
  expect(differences({ unit: '' })).toEqual({ unit: null });
  expect(differences({ expires: '2026-12-31' })).toEqual({
    expiresAt: Date.UTC(2026, 11, 31, 15, 59, 59, 999),
  });
  expect(differences({ roles: [{ ...start.roles[0], role: 'business-admin' }] })).toEqual({
    roles: [{ role: 'business-admin', platform: 'FLOOD', validTo: null }],
  });
});

test('a role that is not filled in is not sent', () => {
  const half = { key: 9, role: '', platform: 'FLOOD', validTo: '' };
  expect(differences({ name: '另一个', roles: [...start.roles, half] })).toBeUndefined();
});
