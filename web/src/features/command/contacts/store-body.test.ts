import { expect, test } from 'vitest';

import { startStore, storeBody } from './store-body.ts';
import { STORE_FORM_TEXT } from './text.ts';

const whole = {
  ...startStore(undefined, 'PD'),
  name: '张江防汛物资库',
  lat: '31.2',
  lon: '121.6',
  items: [{ key: 0, name: '移动泵车', quantity: '3', unit: '台' }],
};

test('a store is sent with numbers, and empty words as nothing', () => {
  expect(storeBody(whole)).toEqual({
    body: {
      name: '张江防汛物资库',
      address: null,
      lat: 31.2,
      lon: 121.6,
      keeper: null,
      items: [{ name: '移动泵车', quantity: 3, unit: '台' }],
      note: null,
    },
  });
});

test.each([
  [{ ...whole, name: ' ' }, STORE_FORM_TEXT.noName],
  [{ ...whole, lat: '' }, STORE_FORM_TEXT.noPlace],
  [{ ...whole, lon: '1216' }, STORE_FORM_TEXT.noPlace],
  [{ ...whole, items: [{ key: 0, name: '沙袋', quantity: '', unit: '只' }] }, STORE_FORM_TEXT.badItem],
  [{ ...whole, platform: undefined }, STORE_FORM_TEXT.noPlatform],
])('what is missing is said before anything is sent', (draft, fault) => {
  expect(storeBody(draft)).toEqual({ fault });
});
