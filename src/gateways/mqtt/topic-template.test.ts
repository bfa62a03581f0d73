import { expect, test } from 'vitest';

import { deviceIn, filterOf } from './topic-template.ts';

test('a template names one level as the device’s', () => {
  expect(filterOf('city/{device}/telemetry')).toBe('city/+/telemetry');
  expect(filterOf('{device}')).toBe('+');
  for (const wrong of [
    'city/telemetry',
    '{device}/{device}',
    'city/#/{device}',
    'city/d-{device}',
    '+/{device}',
  ])
    expect(filterOf(wrong)).toBeUndefined();
});

test('the device’s code is read out of topics of that form only', () => {
  const template = 'city/{device}/telemetry';
  expect(deviceIn(template, 'city/M1/telemetry')).toBe('M1');
  for (const other of ['city/M1/attributes', 'city/M1', 'city/M1/x/telemetry', 'city//telemetry'])
    expect(deviceIn(template, other)).toBeUndefined();
});
