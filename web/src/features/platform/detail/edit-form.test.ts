import type { PlatformDetail } from '#contract/platform';
import { expect, test } from 'vitest';

import { bodyOfPlatform, contactsText, draftOfPlatform, faultOf } from './edit-form.ts';

const PLATFORM = {
  name: '张江镇',
  department: '张江镇政府',
  unit: null,
  technicalUnit: null,
  note: '旧备注',
  effectiveFrom: '2024-09-01',
  effectiveTo: null,
  contacts: [{ id: 7, post: '值守甲', unit: null, phoneMasked: '138****1234', note: null }],
} as unknown as PlatformDetail;

test('only changed facts are sent, and a cleared one as nothing', () => {
  expect(bodyOfPlatform({ note: ' ', unit: '城运中心' }, 3)).toEqual({
    version: 3,
    note: null,
    unit: '城运中心',
  });
});

test('a contact whose number was not typed keeps it, and one dropped loses it', () => {
  const draft = draftOfPlatform(PLATFORM);
  const [contact] = JSON.parse(draft['contacts'] ?? '[]');
  expect(bodyOfPlatform({ contacts: JSON.stringify([contact]) }, 1).contacts).toEqual([
    { id: 7, post: '值守甲', unit: null, note: null },
  ]);
  expect(bodyOfPlatform({ contacts: JSON.stringify([{ ...contact, phone: null }]) }, 1).contacts).toEqual([
    { id: 7, post: '值守甲', unit: null, note: null, phone: null },
  ]);
  expect(contactsText(draft['contacts'] ?? '')).toBe('值守甲 138****1234');
});

test('an end before its beginning, a wrong day and a post without a name are said', () => {
  const draft = draftOfPlatform(PLATFORM);
  expect(faultOf(draft)).toBeUndefined();
  expect(faultOf({ ...draft, effectiveTo: '2024-08-01' })).toBe('终止日期不能早于生效日期。');
  expect(faultOf({ ...draft, effectiveTo: '明年' })).toBe('日期写成 2026-11-23 这样。');
  expect(faultOf({ ...draft, contacts: '[{"post":" "}]' })).toBe('每个联系岗位都要写岗位名称。');
});
