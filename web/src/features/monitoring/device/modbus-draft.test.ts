import { expect, test } from 'vitest';

import { modbusBody, modbusDraft } from './modbus-draft.ts';
import { settingsBody, settingsDraft } from './settings-draft.ts';

const draft = modbusDraft({ host: '10.1.2.3', port: 1502, unit: 17, periodMs: 5000, timeoutMs: 500 });

test('what is kept is shown in seconds and sent back as it was', () => {
  expect(draft).toEqual({ host: '10.1.2.3', port: '1502', unit: '17', period: '5', timeout: '0.5' });
  expect(modbusBody(draft)).toEqual({
    modbus: { host: '10.1.2.3', port: 1502, unit: 17, periodMs: 5000, timeoutMs: 500 },
  });
});

test('a device without an address has none; a new one is on the usual port', () => {
  expect(modbusBody(modbusDraft(undefined))).toEqual({ modbus: undefined });
  expect(settingsBody(settingsDraft({}))).toEqual({ settings: {} });
  expect(modbusDraft(undefined)).toMatchObject({ port: '502', unit: '1', period: '10', timeout: '3' });
});

test.each([
  [{ port: '0' }],
  [{ port: '65536' }],
  [{ unit: '248' }],
  [{ unit: '' }],
  [{ period: '0.5' }],
  [{ period: 'x' }],
  [{ timeout: '61' }],
  [{ timeout: '0.05' }],
])('%j is told', (part) => {
  expect(modbusBody({ ...draft, ...part })).toHaveProperty('fault');
});

test('the settings of a device carry it, and its faults', () => {
  const settings = settingsDraft({ modbus: { host: 'plc.local' } });
  expect(settingsBody(settings)).toMatchObject({ settings: { modbus: { host: 'plc.local', port: 502 } } });
  expect(settingsBody({ ...settings, modbus: { ...draft, port: '' } })).toHaveProperty('fault');
});
