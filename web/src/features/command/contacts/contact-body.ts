import type { Contact } from '#contract/command';

import { CONTACT_FORM_TEXT as WORDS } from './text.ts';

/** A contact as it is typed. The number of an old one is not shown: it is replaced, removed or left. */
export interface ContactDraft {
  readonly name: string;
  readonly unit: string;
  readonly title: string;
  readonly phone: string;
  readonly removePhone: boolean;
  readonly phonePublic: boolean;
  readonly tags: readonly string[];
  readonly note: string;
  readonly platform: string | undefined;
}

export function startContact(contact: Contact | undefined, platform: string | undefined): ContactDraft {
  const empty = { name: '', unit: '', title: '', phone: '', removePhone: false, tags: [], note: '' };
  if (!contact) return { ...empty, phonePublic: false, platform };
  return {
    ...empty,
    name: contact.name,
    unit: contact.unit ?? '',
    title: contact.title ?? '',
    phonePublic: contact.phonePublic,
    tags: contact.tags,
    note: contact.note ?? '',
    platform: contact.platform.code,
  };
}

const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What new and old contacts share. A team is kept under 平台体系 and stays as it is. */
export function contactBody(draft: ContactDraft, contact: Contact | undefined) {
  return {
    name: draft.name.trim(),
    unit: blank(draft.unit),
    title: blank(draft.title),
    phonePublic: draft.phonePublic,
    tags: [...draft.tags],
    team: contact?.team?.id ?? null,
    note: blank(draft.note),
  };
}

/** The number to send: absent leaves an old one as it is, null removes it. */
export function phoneChange(draft: ContactDraft): { readonly phone?: string | null } {
  if (draft.removePhone) return { phone: null };
  const phone = blank(draft.phone);
  return phone === null ? {} : { phone };
}

/** What is missing, in one sentence. */
export function contactFault(draft: ContactDraft): string | undefined {
  if (draft.name.trim() === '') return WORDS.noName;
  return draft.platform === undefined ? WORDS.noPlatform : undefined;
}
