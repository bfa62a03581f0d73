import { expect, test } from 'vitest';

import { contactBody, contactFault, phoneChange, startContact } from './contact-body.ts';
import { CONTACT_FORM_TEXT } from './text.ts';

const draft = { ...startContact(undefined, 'PD'), name: ' 供电公司值班 ' };

test('an untouched number is left, a typed one replaces it, a removed one is removed', () => {
  expect(phoneChange(draft)).toEqual({});
  expect(phoneChange({ ...draft, phone: ' 95598 ' })).toEqual({ phone: '95598' });
  expect(phoneChange({ ...draft, phone: '95598', removePhone: true })).toEqual({ phone: null });
});

test('empty words are sent as nothing', () => {
  expect(contactBody(draft, undefined)).toMatchObject({ name: '供电公司值班', unit: null, note: null });
});

test('a contact needs a name and a platform', () => {
  expect(contactFault({ ...draft, name: ' ' })).toBe(CONTACT_FORM_TEXT.noName);
  expect(contactFault({ ...draft, platform: undefined })).toBe(CONTACT_FORM_TEXT.noPlatform);
  expect(contactFault(draft)).toBeUndefined();
});
