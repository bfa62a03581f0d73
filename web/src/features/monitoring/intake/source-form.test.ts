import { expect, test } from 'vitest';

import { bodyOf, startForm } from './source-form.ts';

const filled = { ...startForm(), code: ' box-1 ', name: '北门盒子', platform: 'PD' };

test('a source is sent as typed: addresses by lines, the mapping of a video source only', () => {
  const form = { ...filled, addresses: '10.0.0.0/8\n 10.1.1.1，', mapping: '{"camera":"c"}', layout: '[]' };
  expect(bodyOf({ ...form, kind: 'video', collapse: '30' })).toMatchObject({
    body: {
      code: 'box-1',
      addresses: ['10.0.0.0/8', '10.1.1.1'],
      settings: { mapping: { camera: 'c' }, collapseSeconds: 30 },
    },
  });
  expect(bodyOf({ ...form, kind: 'ctwing' })).toMatchObject({ body: { settings: { layout: [] } } });
});

test('what is missing or no JSON is said before anything is sent', () => {
  expect(bodyOf({ ...filled, platform: undefined })).toHaveProperty('fault');
  expect(bodyOf({ ...filled, kind: 'video', mapping: '{' })).toHaveProperty('fault');
});
