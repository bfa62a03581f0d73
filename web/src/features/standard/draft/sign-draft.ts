import type { StandardDraftDetail } from '#contract/standard';
import {
  BASIS_TAGS,
  type Basis,
  type BasisTag,
  type Limit,
  SIGN_LEVELS,
  type SignLevel,
} from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { SIGN_FORM_TEXT } from '../draft-text.ts';

export type Document = StandardDraftDetail['document'];
export type DocumentSign = Document['signs'][number];

/** A number, or a parameter of the object with what is made of it; as it is being typed. */
export interface LimitDraft {
  /** Code of the parameter; empty for a number. */
  readonly parameter: string;
  readonly value: string;
  readonly times: string;
  readonly plus: string;
}

export const UNITS = ['1', '60', '3600'] as const;
export interface SpanDraft {
  readonly amount: string;
  /** In seconds. */
  readonly unit: (typeof UNITS)[number];
}

export interface BasisDraft {
  readonly tag: BasisTag;
  readonly document: string;
  readonly clause: string;
  readonly url: string;
  readonly note: string;
  readonly verified: boolean;
}

export interface LevelDraft {
  readonly limit: LimitDraft;
  /** Of a band. */
  readonly lower: LimitDraft | null;
  readonly delay: SpanDraft;
  /** Null where the sign's own counts. */
  readonly basis: BasisDraft | null;
}

export interface SignDraft {
  readonly name: string;
  readonly levels: Readonly<Partial<Record<SignLevel, LevelDraft | undefined>>>;
  readonly deadband: string;
  readonly offDelay: SpanDraft;
  readonly basis: BasisDraft;
}

function limitDraft(limit: Limit): LimitDraft {
  if (typeof limit === 'number') return { parameter: '', value: String(limit), times: '', plus: '' };
  const { parameter, times, plus } = limit;
  return {
    parameter,
    value: '',
    times: times === undefined ? '' : String(times),
    plus: plus === undefined ? '' : String(plus),
  };
}

function spanDraft(seconds: number): SpanDraft {
  const unit = UNITS.findLast((one) => seconds > 0 && seconds % Number(one) === 0) ?? '60';
  return { amount: String(seconds / Number(unit)), unit };
}

export function basisDraft({ tag, document, clause = '', url = '', note = '', verified }: Basis): BasisDraft {
  return { tag, document, clause, url, note, verified };
}

export function signDraft(sign: DocumentSign): SignDraft {
  const levels: Partial<Record<SignLevel, LevelDraft>> = {};
  for (const level of SIGN_LEVELS) {
    const cell = sign.levels[level];
    if (!cell) continue;
    levels[level] = {
      limit: limitDraft(cell.limit),
      lower: cell.lower === undefined ? null : limitDraft(cell.lower),
      delay: spanDraft(cell.onDelaySeconds),
      basis: cell.basis ? basisDraft(cell.basis) : null,
    };
  }
  return {
    name: sign.name,
    levels,
    deadband: String(sign.deadband),
    offDelay: spanDraft(sign.offDelaySeconds),
    basis: basisDraft(sign.basis),
  };
}

/** A level to begin with: as the sign's others are held, its limit still to be typed. */
export function emptyLevel(banded: boolean, like: LevelDraft | undefined): LevelDraft {
  const blank = { parameter: '', value: '', times: '', plus: '' };
  return { limit: blank, lower: banded ? blank : null, delay: like?.delay ?? spanDraft(0), basis: null };
}

export const NEW_BASIS: BasisDraft = basisDraft({ tag: BASIS_TAGS[3], document: '', verified: false });

/** Said of the field that cannot be read. */
class Unreadable extends Error {}

function numberOf(text: string, field: string): number {
  const typed = text.trim().replaceAll('−', '-');
  const value = Number(typed);
  if (typed === '' || !Number.isFinite(value)) throw new Unreadable(SIGN_FORM_TEXT.badNumber(field));
  return value;
}

function limitOf({ parameter, value, times, plus }: LimitDraft, field: string): Limit {
  if (parameter === '') return numberOf(value, field);
  return {
    parameter,
    ...(times.trim() === '' ? {} : { times: numberOf(times, `${field}：${SIGN_FORM_TEXT.times}`) }),
    ...(plus.trim() === '' ? {} : { plus: numberOf(plus, `${field}：${SIGN_FORM_TEXT.plus}`) }),
  };
}

function secondsOf({ amount, unit }: SpanDraft, field: string): number {
  const seconds = Math.round(numberOf(amount, field) * Number(unit));
  if (seconds < 0) throw new Unreadable(SIGN_FORM_TEXT.badSpan(field));
  return seconds;
}

function basisOf({ tag, document, clause, url, note, verified }: BasisDraft, field: string): Basis {
  if (document.trim() === '')
    throw new Unreadable(SIGN_FORM_TEXT.blank(`${field}：${SIGN_FORM_TEXT.document}`));
  const more = Object.entries({ clause, url, note }).filter(([, text]) => text.trim() !== '');
  return { tag, document: document.trim(), ...Object.fromEntries(more), verified };
}

function levelsOf(draft: SignDraft): DocumentSign['levels'] {
  const levels: DocumentSign['levels'] = {};
  for (const level of SIGN_LEVELS) {
    const cell = draft.levels[level];
    if (!cell) continue;
    const name = LEVEL_TEXT[level];
    const label = cell.lower ? SIGN_FORM_TEXT.upper : SIGN_FORM_TEXT.limit;
    levels[level] = {
      limit: limitOf(cell.limit, `${name}${label}`),
      ...(cell.lower && { lower: limitOf(cell.lower, `${name}${SIGN_FORM_TEXT.lower}`) }),
      onDelaySeconds: secondsOf(cell.delay, `${name}：${SIGN_FORM_TEXT.delay}`),
      ...(cell.basis && { basis: basisOf(cell.basis, `${name}${SIGN_FORM_TEXT.basis}`) }),
    };
  }
  return levels;
}

/** The sign as typed, or the first thing in it that cannot be read. What its values mean is the linter's to judge. */
export function signOf(
  draft: SignDraft,
  sign: DocumentSign,
): { readonly sign: DocumentSign } | { readonly fault: string } {
  try {
    if (draft.name.trim() === '') throw new Unreadable(SIGN_FORM_TEXT.blank(SIGN_FORM_TEXT.name));
    const deadband = numberOf(draft.deadband, SIGN_FORM_TEXT.deadband);
    if (deadband < 0) throw new Unreadable(SIGN_FORM_TEXT.badNumber(SIGN_FORM_TEXT.deadband));
    return {
      sign: {
        ...sign,
        name: draft.name.trim(),
        levels: levelsOf(draft),
        deadband,
        offDelaySeconds: secondsOf(draft.offDelay, SIGN_FORM_TEXT.offDelay),
        basis: basisOf(draft.basis, SIGN_FORM_TEXT.basis),
      },
    };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}

/** Where a sign stands in a document. */
export const signPlace = (code: string) => ({
  read: ({ signs }: Document): DocumentSign | undefined => signs.find((one) => one.code === code),
  write: (document: Document, sign: DocumentSign): Document => ({
    ...document,
    signs: document.signs.map((one) => (one.code === code ? sign : one)),
  }),
});
