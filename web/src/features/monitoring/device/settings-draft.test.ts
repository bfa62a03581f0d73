import { expect, test } from 'vitest';

import { settingsBody, settingsDraft } from './settings-draft.ts';

test('secrets that are not typed anew are not sent; what the form does not show is kept', () => {
  const draft = settingsDraft({
    password: '***',
    crc: 'modbus',
    cipher: { key: '***', text: 'base64', padding: 'none' },
    via: 'GATEWAY-1',
  });
  expect(draft).toMatchObject({ hasPassword: true, hasKey: true, password: '', key: '' });
  expect(settingsBody(draft)).toEqual({ settings: { crc: 'modbus', via: 'GATEWAY-1' } });
});

test('a key is 32 hex digits or none', () => {
  const draft = settingsDraft({});
  expect(settingsBody({ ...draft, key: '1234' })).toHaveProperty('fault');
  const key = '0123456789abcdefFEDCBA9876543210';
  expect(settingsBody({ ...draft, key })).toEqual({
    settings: { cipher: { key, text: 'hex', padding: 'pkcs7' } },
  });
});
