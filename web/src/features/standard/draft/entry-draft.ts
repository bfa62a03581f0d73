import { STEPS_TEXT } from '../draft-text.ts';
import { ENTRY_FORM_TEXT, PART_TEXT } from '../part-text.ts';
import { type BasisDraft, basisDraft, basisOf, textOf, Unreadable } from './field-drafts.ts';
import type { DocumentEntry, EntryKey } from './part-place.ts';
import type { Document } from './sign-draft.ts';

/** An entry of the handbook as it is being typed. */
export interface EntryDraft extends Pick<
  DocumentEntry,
  'loop' | 'disposalTypes' | 'responsible' | 'reviewer' | 'limitClass' | 'publicRelease'
> {
  readonly steps: readonly DocumentEntry['steps'][number][];
  /** A line each. */
  readonly coUnits: string;
  readonly notify: string;
  readonly basis: BasisDraft;
}

export function entryDraft(entry: DocumentEntry): EntryDraft {
  return {
    ...entry,
    coUnits: entry.coUnits.join('\n'),
    notify: entry.notify.join('\n'),
    basis: basisDraft(entry.basis),
  };
}

/** The entry as typed; `was` keeps its place and what the form does not show. Throws what cannot be read. */
export function entryOf(draft: EntryDraft, was: DocumentEntry): DocumentEntry {
  const blank = draft.steps.findIndex(({ text }) => text.trim() === '');
  if (blank >= 0) throw new Unreadable(STEPS_TEXT.blank(blank + 1));
  if (draft.disposalTypes.length === 0) throw new Unreadable(ENTRY_FORM_TEXT.noTypes);
  const { loop, disposalTypes, responsible, reviewer, limitClass, publicRelease } = draft;
  return {
    ...was,
    loop,
    disposalTypes,
    limitClass,
    publicRelease,
    steps: draft.steps.map((step) => ({ ...step, text: step.text.trim() })),
    responsible: {
      ...responsible,
      unit: textOf(responsible.unit, ENTRY_FORM_TEXT.unitOf(ENTRY_FORM_TEXT.responsible)),
    },
    reviewer: { ...reviewer, unit: textOf(reviewer.unit, ENTRY_FORM_TEXT.unitOf(ENTRY_FORM_TEXT.reviewer)) },
    coUnits: linesOf(draft.coUnits),
    notify: linesOf(draft.notify),
    basis: basisOf(draft.basis, PART_TEXT.basis),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** An entry to begin with: like another level's of the item, else with nothing said yet. */
export function newEntry({ handbook, owner }: Document, key: EntryKey): DocumentEntry {
  const like = handbook.find(({ item }) => item === key.item);
  if (like) return { ...like, ...key };
  return {
    ...key,
    loop: 'small',
    disposalTypes: ['VERIFY'],
    steps: [{ code: '1', text: '', evidence: 'text', required: true }],
    responsible: { role: 'handler', unit: owner },
    reviewer: { role: 'department-owner', unit: owner },
    coUnits: [],
    limitClass: 'T-std',
    notify: [],
    publicRelease: false,
    basis: { tag: 'A', document: '', verified: false },
  };
}

/** Levels that signs can reach and for which nothing is written yet. */
export function missingEntries({ signs, handbook }: Document): readonly EntryKey[] {
  const written = new Set(handbook.map(({ item, level }) => `${item} ${level}`));
  const missing = new Map<string, EntryKey>();
  for (const { item, levels } of signs) {
    for (const level of ['red', 'orange', 'yellow', 'blue'] as const) {
      const key = `${item} ${level}`;
      if (item !== '' && levels[level] !== undefined && !written.has(key)) missing.set(key, { item, level });
    }
  }
  return [...missing.values()];
}
