import { expect, test } from 'vitest';

import { itemOf, startForm, usualLines } from './mapping-form.ts';
import { FORM_TEXT } from './text.ts';

test('a line goes through the form unchanged', () => {
  for (const item of usualLines()) expect(itemOf(startForm(item))).toEqual({ item });
  expect(usualLines()).toHaveLength(3);
});

test('what is missing is said in a sentence, and a line is either by claim or by platform', () => {
  const form = { ...startForm(), value: 'village' };
  expect(itemOf({ ...form, claim: ' ' })).toEqual({ fault: FORM_TEXT.needClaim });
  expect(itemOf({ ...form, value: '' })).toEqual({ fault: FORM_TEXT.needClaim });
  expect(itemOf({ ...form, platformClaim: '' })).toEqual({ fault: FORM_TEXT.needWhere });
  expect(itemOf({ ...form, where: 'platform' })).toEqual({ fault: FORM_TEXT.needWhere });
  for (const priority of ['', '1.5', '-1', '10000', 'x']) {
    expect(itemOf({ ...form, priority })).toEqual({ fault: FORM_TEXT.needPriority });
  }
  expect(itemOf({ ...form, where: 'platform', platform: ' lingang ' })).toMatchObject({
    item: { platform: 'lingang', platformClaim: null },
  });
});

test('a line that bars names no role and no platform', () => {
  expect(
    itemOf({ ...startForm(), effect: 'bar', claim: 'status', value: 'left', platform: 'PD' }),
  ).toMatchObject({
    item: { effect: 'bar', role: null, platform: null, platformClaim: null },
  });
});
