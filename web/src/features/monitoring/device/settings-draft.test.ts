import { expect, test } from 'vitest';

import { settingsBody, settingsDraft } from './settings-draft.ts';

test('secrets that are not typed anew are not sent; what is not changed is kept', () => {
  const draft = settingsDraft({
    password: '***',
    crc: 'modbus',
    cipher: { key: '***', text: 'base64', padding: 'none' },
    via: 'GATEWAY-1',
    ends: 'any',
  });
  expect(draft).toMatchObject({ hasPassword: true, hasKey: true, password: '', key: '' });
  expect(settingsBody(draft)).toEqual({ settings: { crc: 'modbus', via: 'GATEWAY-1', ends: 'any' } });
});

test('a key is 32 hex digits or none', () => {
  const draft = settingsDraft({});
  expect(settingsBody({ ...draft, key: '1234' })).toHaveProperty('fault');
  const key = '0123456789abcdefFEDCBA9876543210';
  expect(settingsBody({ ...draft, key })).toEqual({
    settings: { cipher: { key, text: 'hex', padding: 'pkcs7' } },
  });
});

test('a secret that is dropped is sent as nothing; what is put back to the standard is not sent', () => {
  const draft = settingsDraft({
    password: '***',
    cipher: { key: '***', text: 'hex', padding: 'none' },
    numbers: 'text',
    surplus: 'ignore',
    afterAnswer: 'leave',
    strange: 1,
  });
  expect(settingsBody({ ...draft, dropKey: true, dropPassword: true, numbers: 'strict', via: ' ' })).toEqual({
    settings: { cipher: null, password: null, surplus: 'ignore', afterAnswer: 'leave', strange: 1 },
  });
});
