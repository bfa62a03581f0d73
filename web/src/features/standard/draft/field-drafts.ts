import { BASIS_TAGS, type Basis, type BasisTag, type Limit } from '#model/standard';

import { SIGN_FORM_TEXT } from '../draft-text.ts';

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

export function limitDraft(limit: Limit): LimitDraft {
  if (typeof limit === 'number') return { parameter: '', value: String(limit), times: '', plus: '' };
  const { parameter, times, plus } = limit;
  return {
    parameter,
    value: '',
    times: times === undefined ? '' : String(times),
    plus: plus === undefined ? '' : String(plus),
  };
}

export function spanDraft(seconds: number): SpanDraft {
  const unit = UNITS.findLast((one) => seconds > 0 && seconds % Number(one) === 0) ?? '60';
  return { amount: String(seconds / Number(unit)), unit };
}

export function basisDraft({ tag, document, clause = '', url = '', note = '', verified }: Basis): BasisDraft {
  return { tag, document, clause, url, note, verified };
}

export const BLANK_LIMIT: LimitDraft = { parameter: '', value: '', times: '', plus: '' };

export const NEW_BASIS: BasisDraft = basisDraft({ tag: BASIS_TAGS[3], document: '', verified: false });

/** Said of the field that cannot be read. */
export class Unreadable extends Error {}

export function numberOf(text: string, field: string): number {
  const typed = text.trim().replaceAll('−', '-');
  const value = Number(typed);
  if (typed === '' || !Number.isFinite(value)) throw new Unreadable(SIGN_FORM_TEXT.badNumber(field));
  return value;
}

export function limitOf({ parameter, value, times, plus }: LimitDraft, field: string): Limit {
  if (parameter === '') return numberOf(value, field);
  return {
    parameter,
    ...(times.trim() === '' ? {} : { times: numberOf(times, `${field}：${SIGN_FORM_TEXT.times}`) }),
    ...(plus.trim() === '' ? {} : { plus: numberOf(plus, `${field}：${SIGN_FORM_TEXT.plus}`) }),
  };
}

export function secondsOf({ amount, unit }: SpanDraft, field: string): number {
  const seconds = Math.round(numberOf(amount, field) * Number(unit));
  if (seconds < 0) throw new Unreadable(SIGN_FORM_TEXT.badSpan(field));
  return seconds;
}

export function basisOf({ tag, document, clause, url, note, verified }: BasisDraft, field: string): Basis {
  if (document.trim() === '')
    throw new Unreadable(SIGN_FORM_TEXT.blank(`${field}：${SIGN_FORM_TEXT.document}`));
  const more = Object.entries({ clause, url, note }).filter(([, text]) => text.trim() !== '');
  return { tag, document: document.trim(), ...Object.fromEntries(more), verified };
}

/** What a form made of what was typed, or the first thing in it that cannot be read. */
export type ReadForm<Value> = { readonly value: Value } | { readonly fault: string };

/** Reads a form; a field that cannot be read ends it with its sentence. */
export function readForm<Value>(read: () => Value): ReadForm<Value> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}

/** A text that must be there. */
export function textOf(text: string, field: string): string {
  const typed = text.trim();
  if (typed === '') throw new Unreadable(SIGN_FORM_TEXT.blank(field));
  return typed;
}

export function nonNegativeOf(text: string, field: string): number {
  const value = numberOf(text, field);
  if (value < 0) throw new Unreadable(SIGN_FORM_TEXT.badNumber(field));
  return value;
}
