import { expect, test } from 'vitest';

import { bodyOf, emptyRow, factorsIn, startForm } from './adopt-form.ts';

const SAMPLE =
  'QN=20240919170000000;ST=21;CN=2011;PW=123456;MN=PUDONG0001;Flag=5;CP=&&DataTime=20240919170000;' +
  'w01018-Rtd=12.5,w01018-Flag=N;w00000-Rtd=0.8,w00000-Cou=120,w00000-Flag=N&&';

test('the factors of a quarantined packet are offered once each, its flags are not', () => {
  expect(factorsIn(SAMPLE)).toEqual(['w01018', 'w00000']);
});

test('a sample that is no packet offers nothing to map', () => {
  expect(factorsIn('<script>alert(1)</script> GET / HTTP/1.1')).toEqual([]);
});

test('a device is adopted with its mapped factors; lines without a point are left out', () => {
  const form = startForm({ code: 'PUDONG0001', protocol: 'hj212', sample: SAMPLE });
  const [first, ...rest] = form.rows;
  if (!first) throw new Error('no row');
  expect(bodyOf({ ...form, rows: [{ ...first, point: 'P1', scale: '0.001' }, ...rest] })).toEqual({
    body: {
      code: 'PUDONG0001',
      protocol: 'hj212',
      points: [{ factor: 'w01018', point: 'P1', scale: 0.001, offset: 0 }],
      simulated: false,
    },
  });
});

test('what is missing is said in words before anything is sent', () => {
  const form = startForm();
  expect(bodyOf(form)).toEqual({ fault: '请写设备编码。' });
  expect(bodyOf({ ...form, code: 'A' })).toHaveProperty('fault', expect.stringContaining('至少要有一行'));
  const rows = [{ ...emptyRow(0, 'w01018'), point: 'P1', scale: '' }];
  expect(bodyOf({ ...form, code: 'A', rows })).toEqual({ fault: '倍率和偏移要写数字。' });
});

test('an http device carries no settings of HJ 212', () => {
  const rows = [{ ...emptyRow(0, 'level'), point: 'P1' }];
  const form = { ...startForm(), code: 'A', protocol: 'http' as const, password: 'x', rows };
  expect(bodyOf(form)).not.toHaveProperty('body.settings');
});
