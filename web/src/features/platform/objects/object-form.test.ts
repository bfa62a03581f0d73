import { expect, test } from 'vitest';

import { createBody, EMPTY_OBJECT, faultOfObject, parameterField, updateBody } from './object-form.ts';

const OBJECT = {
  ...EMPTY_OBJECT,
  code: 'UP-1',
  name: '祖冲之路下立交',
  scenarios: 'FLOOD,BRIDGE',
  lat: '31.2065',
  lon: '121.5990',
};

test('swapped coordinates are noticed before sending', () => {
  expect(faultOfObject(OBJECT)).toBeUndefined();
  expect(faultOfObject({ ...OBJECT, lat: '121.5990', lon: '31.2065' })).toContain('填反');
  expect(faultOfObject({ ...OBJECT, scenarios: '' })).toBe('“场景”要填写。');
});

test('the name of an object that stands outside the district can be corrected without moving it', () => {
  const outside = { ...OBJECT, lat: '40.1' };
  expect(faultOfObject({ ...outside, name: '样例' }, outside)).toBeUndefined();
  expect(faultOfObject(outside, OBJECT)).toContain('纬度');
});

test('a new object carries what its coordinates are in and leaves out what is empty', () => {
  expect(createBody(OBJECT, 'GCJ02')).toEqual({
    code: 'UP-1',
    name: '祖冲之路下立交',
    scenarios: ['FLOOD', 'BRIDGE'],
    lat: 31.2065,
    lon: 121.599,
    datum: 'GCJ02',
    parameters: {},
  });
});

test('one parameter that is typed sends all that are set; one that is cleared is no longer set; words are no number', () => {
  const stage = parameterField('FLOOD.W_STAGE');
  const draft = { ...OBJECT, [stage]: '3.3', [parameterField('FLOOD.G_STAGE')]: '3.6' };
  expect(updateBody({ [stage]: '3.3' }, draft, 'WGS84')).toEqual({
    parameters: { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 },
  });
  expect(updateBody({ [stage]: '' }, { ...draft, [stage]: '' }, 'WGS84')).toEqual({
    parameters: { 'FLOOD.G_STAGE': 3.6 },
  });
  expect(faultOfObject({ ...draft, [stage]: '三米三' })).toContain('数字');
});

test('a corrected name does not move the object; one new number sends both with their datum', () => {
  expect(updateBody({ name: '祖冲之路立交' }, OBJECT, 'BD09')).toEqual({ name: '祖冲之路立交' });
  expect(updateBody({ lat: '31.2065' }, OBJECT, 'BD09')).toEqual({
    lat: 31.2065,
    lon: 121.599,
    datum: 'BD09',
  });
  expect(updateBody({ owner: '' }, OBJECT, 'WGS84')).toEqual({ owner: null });
});
