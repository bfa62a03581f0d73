import type { organisationRoutes, PlatformDetail } from '#contract/platform';
import type { z } from 'zod';

import type { Draft } from '../draft.ts';
import { EDIT_TEXT } from './text.ts';

type Body = z.input<typeof organisationRoutes.updatePlatform.body>;

/** A contact as it is typed. `phone` is empty while the number stays, null once it is to be dropped. */
export interface ContactDraft {
  readonly id?: number;
  readonly post: string;
  readonly unit: string;
  readonly phone: string | null;
  readonly masked: string | null;
  readonly note: string;
}

const TEXTS = ['department', 'unit', 'technicalUnit', 'note', 'effectiveFrom', 'effectiveTo'] as const;
export const EDIT_FIELDS = ['name', ...TEXTS] as const;

/** The platform as text fields; the contacts are one field, so that two people's lists are compared whole. */
export function draftOfPlatform(platform: PlatformDetail): Draft {
  const contacts = platform.contacts.map(({ id, post, unit, phoneMasked, note }): ContactDraft => ({
    id,
    post,
    unit: unit ?? '',
    phone: '',
    masked: phoneMasked,
    note: note ?? '',
  }));
  const texts = Object.fromEntries(TEXTS.map((field) => [field, platform[field] ?? '']));
  return { name: platform.name, ...texts, contacts: JSON.stringify(contacts) };
}

export function readContacts(draft: Draft): readonly ContactDraft[] {
  return JSON.parse(draft['contacts'] ?? '[]') as readonly ContactDraft[];
}

/** `防汛值守甲 138****1234、…`: contacts as two lists are compared. */
export function contactsText(text: string): string {
  return readContacts({ contacts: text })
    .map(({ post, phone, masked }) => [post, phone === '' ? masked : phone].filter(Boolean).join(' '))
    .join('、');
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** What must be mended before it is worth sending. */
export function faultOf(draft: Draft): string | undefined {
  if (draft['name']?.trim() === '') return EDIT_TEXT.needName;
  const { effectiveFrom: from = '', effectiveTo: to = '' } = draft;
  if ([from, to].some((day) => day !== '' && !DAY.test(day))) return EDIT_TEXT.badDay;
  if (from !== '' && to !== '' && to < from) return EDIT_TEXT.order;
  return readContacts(draft).some(({ post }) => post.trim() === '') ? EDIT_TEXT.needPost : undefined;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The body to send: only what was changed. */
export function bodyOfPlatform(changed: Draft, version: number): Body {
  const { name, contacts, ...texts } = changed;
  const facts = Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, orNull(text)]));
  return {
    version,
    ...(name === undefined ? {} : { name: name.trim() }),
    ...facts,
    ...(contacts === undefined ? {} : { contacts: readContacts(changed).map(contactBody) }),
  };
}

function contactBody(contact: ContactDraft): NonNullable<Body['contacts']>[number] {
  const { id, post, unit, phone, note } = contact;
  return {
    ...(id === undefined ? {} : { id }),
    post: post.trim(),
    unit: orNull(unit),
    note: orNull(note),
    // Left out: the number stays.
    ...(phone === '' ? {} : { phone: phone === null ? null : phone.trim() }),
  };
}
