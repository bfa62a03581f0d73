import { expect, test } from 'vitest';

import { elementDraft, elementOf, NEW_IMPROBABLE } from './element-draft.ts';
import type { DocumentElement } from './part-place.ts';
import type { Document } from './sign-draft.ts';

const depth: DocumentElement = {
  code: 'FLOOD.UNDERPASS',
  name: '下立交积水深度',
  unit: 'cm',
  periodSeconds: 300,
  densePeriodSeconds: 60,
  range: [0, 400],
  maxChange: { value: 100, perSeconds: 300 },
  improbable: { rarity: 4.5, learnSeconds: 14 * 86_400 },
  sensing: 'iot',
  key: true,
  basis: { tag: 'A', document: '默认标准设定值', verified: false },
};
const document = { scenario: 'FLOOD', elements: [depth] } as unknown as Document;

test('an element that is opened and not touched stays as it is', () => {
  expect(elementOf(elementDraft(depth), depth, document)).toEqual(depth);
});

test('whether readings are held against their own past is off until somebody asks for it, and off again when nobody does', () => {
  const { improbable: _, ...plain } = depth;
  expect(elementOf(elementDraft(plain), plain, document)).toEqual(plain);
  const asked = { ...elementDraft(plain), improbable: NEW_IMPROBABLE };
  expect(elementOf(asked, plain, document)).toMatchObject({
    improbable: { rarity: 4, learnSeconds: 7 * 86_400 },
  });
  expect(elementOf({ ...elementDraft(depth), improbable: null }, depth, document)).toEqual(plain);
});
