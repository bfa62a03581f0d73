import { type ConditionGroups, readConditionRows, writeCondition } from '#contract/standard';
import { type Basis, type CompositeReach, SIGN_LEVELS, type SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { COMPOSITE_FORM_TEXT } from '../composite/text.ts';
import { PART_TEXT } from '../part-text.ts';
import {
  basisDraft,
  type BasisDraft,
  basisOf,
  NEW_BASIS,
  numberOf,
  secondsOf,
  type SpanDraft,
  spanDraft,
  textOf,
} from './field-drafts.ts';
import type { Document } from './sign-draft.ts';

export type DocumentComposite = NonNullable<Document['composites']>[number];

/** One level as it is being edited: its rows, or its CEL where rows cannot say it. */
export interface CompositeLevelDraft {
  readonly groups: ConditionGroups | undefined;
  readonly when: string;
  readonly delay: SpanDraft;
  /** Not edited here. */
  readonly basis: Basis | undefined;
}

/** A composite sign as it is being typed. */
export interface CompositeDraft {
  readonly code: string;
  readonly name: string;
  readonly item: string;
  readonly element: string;
  readonly levels: Readonly<Partial<Record<SignLevel, CompositeLevelDraft>>>;
  readonly off: SpanDraft;
  readonly linked: boolean;
  readonly sameTown: boolean;
  readonly radius: string;
  readonly windowMinutes: string;
  readonly sameObject: boolean;
  readonly basis: BasisDraft;
}

export const NEW_LEVEL: CompositeLevelDraft = {
  groups: [[{ kind: 'any', code: '', level: 'yellow' }]],
  when: '',
  delay: spanDraft(0),
  basis: undefined,
};

/** Under the next number that is free. */
export function newComposite({ scenario, composites = [] }: Document): CompositeDraft {
  const used = composites.map(({ code }) => Number(/\.X(\d{2})/u.exec(code)?.[1] ?? 0));
  const number = String(Math.max(0, ...used) + 1).padStart(2, '0');
  return {
    code: `${scenario}.X${number}`,
    name: '',
    item: '',
    element: '',
    levels: {},
    off: spanDraft(1800),
    linked: true,
    sameTown: false,
    radius: '',
    windowMinutes: '',
    sameObject: false,
    basis: NEW_BASIS,
  };
}

export function compositeDraft(composite: DocumentComposite): CompositeDraft {
  const { code, name, item, element, levels, offDelaySeconds, within, basis } = composite;
  const cells = SIGN_LEVELS.flatMap((level) => {
    const cell = levels[level];
    if (!cell) return [];
    const { when, onDelaySeconds } = cell;
    const groups = readConditionRows(when);
    return [[level, { groups, when, delay: spanDraft(onDelaySeconds), basis: cell.basis }] as const];
  });
  return {
    code,
    name,
    item,
    element,
    levels: Object.fromEntries(cells),
    off: spanDraft(offDelaySeconds),
    linked: within.linked === true,
    sameTown: within.sameTown === true,
    sameObject: within.sameObject === true,
    radius: within.radiusMeters === undefined ? '' : String(within.radiusMeters),
    windowMinutes: within.windowSeconds === undefined ? '' : String(within.windowSeconds / 60),
    basis: basisDraft(basis),
  };
}

/** Throws what cannot be read, as the fields do. */
export function compositeOf(draft: CompositeDraft): DocumentComposite {
  const cells = SIGN_LEVELS.flatMap((level) => {
    const cell = draft.levels[level];
    if (!cell) return [];
    const when = cell.groups ? writeCondition(cell.groups) : cell.when;
    const onDelaySeconds = secondsOf(cell.delay, `${LEVEL_TEXT[level]}：${COMPOSITE_FORM_TEXT.delay}`);
    return [[level, { when, onDelaySeconds, ...(cell.basis ? { basis: cell.basis } : {}) }] as const];
  });
  return {
    code: draft.code,
    item: draft.item,
    name: textOf(draft.name, PART_TEXT.name),
    element: draft.element,
    levels: Object.fromEntries(cells),
    offDelaySeconds: secondsOf(draft.off, COMPOSITE_FORM_TEXT.recover),
    within: withinOf(draft),
    basis: basisOf(draft.basis, COMPOSITE_FORM_TEXT.basis),
  };
}

function withinOf({ linked, sameTown, sameObject, radius, windowMinutes }: CompositeDraft): CompositeReach {
  return {
    ...(sameObject ? { sameObject } : {}),
    ...(linked ? { linked } : {}),
    ...(sameTown ? { sameTown } : {}),
    ...(radius.trim() === '' ? {} : { radiusMeters: numberOf(radius, COMPOSITE_FORM_TEXT.radius) }),
    ...(windowMinutes.trim() === ''
      ? {}
      : { windowSeconds: Math.round(numberOf(windowMinutes, COMPOSITE_FORM_TEXT.window) * 60) }),
  };
}

/** Where composite signs stand in a document; null takes one out. */
export const compositePlace = (code: string) => ({
  read: ({ composites = [] }: Document): DocumentComposite | null =>
    composites.find((one) => one.code === code) ?? null,
  write: (document: Document, next: DocumentComposite | null): Document => {
    const { composites = [] } = document;
    if (next === null) return { ...document, composites: composites.filter((one) => one.code !== code) };
    const isThere = composites.some((one) => one.code === code);
    return {
      ...document,
      composites: isThere ? composites.map((one) => (one.code === code ? next : one)) : [...composites, next],
    };
  },
});
