import { expect, test } from 'vitest';

import { resolveSetting, settingFault } from './resolve-setting.ts';
import { SETTING_KEYS, SETTINGS } from './setting-keys.ts';

const step = (where: string, value: unknown) => ({ where, value });

test.each(SETTING_KEYS)('%s has a default that may itself be set', (key) => {
  expect(settingFault(key, SETTINGS[key].default, [])).toBeNull();
  expect(resolveSetting(key, [])).toMatchObject({ value: SETTINGS[key].default, from: null });
});

test('the lowest value on the way from the root holds, and says where it was set', () => {
  const steps = [step('PD', 'district-days'), step('industry.emergency', 'emergency-days')];
  expect(resolveSetting('calendar.id', steps)).toMatchObject({
    value: 'emergency-days',
    from: 'industry.emergency',
  });
  expect(resolveSetting('calendar.id', steps.slice(0, 1))).toMatchObject({ from: 'PD' });
  expect(resolveSetting('notify.list', [step('PD', ['值班长']), step('FLOOD', [])])).toMatchObject({
    value: [],
    from: 'FLOOD',
  });
});

test('a security limit below may be stricter than above and never laxer', () => {
  const above = [step('PD', 20)];
  expect(settingFault('session.idle-minutes', 15, above)).toBeNull();
  expect(settingFault('session.idle-minutes', 20, above)).toBeNull();
  expect(settingFault('session.idle-minutes', 25, above)).toContain('不能超过');
  expect(resolveSetting('session.idle-minutes', above)).toMatchObject({ min: 5, max: 20 });
});

test('a limit tightened above later holds at once below, where a laxer one still stands', () => {
  const steps = [step('PD', 10), step('FLOOD', 25)];
  expect(resolveSetting('session.idle-minutes', steps)).toMatchObject({ value: 10, from: 'PD' });
});

test('the first who sets a limit may go up to its own bound, above the default', () => {
  expect(settingFault('session.idle-minutes', 60, [])).toBeNull();
  expect(settingFault('session.idle-minutes', 61, [])).toContain('5–60');
  expect(resolveSetting('session.idle-minutes', [step('PD', 60)])).toMatchObject({ value: 60, max: 60 });
});

test.each([
  ['session.idle-minutes', '15'],
  ['session.idle-minutes', 15.5],
  ['session.idle-minutes', null],
  ['calendar.id', 'A B'],
  ['calendar.id', 7],
  ['notify.list', '值班长'],
  ['notify.list', [' ']],
  ['notify.list', Array.from({ length: 51 }, () => '岗')],
] as const)('%s refuses %j and a stored value of that shape is passed over', (key, value) => {
  expect(settingFault(key, value, [])).toMatch(/须/u);
  expect(resolveSetting(key, [step('PD', value)])).toMatchObject({
    value: SETTINGS[key].default,
    from: null,
  });
});
