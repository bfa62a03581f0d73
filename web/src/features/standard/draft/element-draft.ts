import type { SensingKind } from '#model/standard';

import { ELEMENT_FORM_TEXT, PART_TEXT } from '../part-text.ts';
import { codeOf } from './code-field.tsx';
import {
  type BasisDraft,
  basisDraft,
  basisOf,
  NEW_BASIS,
  numberOf,
  secondsOf,
  type SpanDraft,
  spanDraft,
  textOf,
  Unreadable,
} from './field-drafts.ts';
import type { DocumentElement } from './part-place.ts';
import { type RangeDraft, rangeOf } from './range-fields.tsx';
import type { Document } from './sign-draft.ts';

/** How rare its readings may be beside their point's own past. */
export interface ImprobableDraft {
  readonly rarity: string;
  readonly learn: SpanDraft;
}

/** Once in ten thousand readings, after a week. */
export const NEW_IMPROBABLE: ImprobableDraft = { rarity: '4', learn: spanDraft(7 * 86_400) };

/** An element as it is being typed. */
export interface ElementDraft {
  /** Behind the scenario's dot; only of a new one. */
  readonly rest: string;
  readonly name: string;
  readonly unit: string;
  readonly period: SpanDraft;
  readonly dense: SpanDraft | null;
  readonly range: RangeDraft | null;
  readonly improbable: ImprobableDraft | null;
  readonly sensing: SensingKind;
  readonly key: boolean;
  /** A line each: `1 确认`. */
  readonly states: string;
  readonly basis: BasisDraft;
}

export const NEW_ELEMENT: ElementDraft = {
  rest: '',
  name: '',
  unit: '',
  period: spanDraft(300),
  dense: null,
  range: { from: '', to: '' },
  improbable: null,
  sensing: 'iot',
  key: false,
  states: '',
  basis: NEW_BASIS,
};

export function elementDraft(element: DocumentElement): ElementDraft {
  const { name, unit, periodSeconds, densePeriodSeconds, range, improbable } = element;
  const { sensing, key, states = [], basis } = element;
  return {
    rest: '',
    name,
    unit,
    period: spanDraft(periodSeconds),
    dense: densePeriodSeconds === undefined ? null : spanDraft(densePeriodSeconds),
    range: range && { from: String(range[0]), to: String(range[1]) },
    improbable: improbable
      ? { rarity: String(improbable.rarity), learn: spanDraft(improbable.learnSeconds) }
      : null,
    sensing,
    key,
    states: states.map((state) => `${state.value} ${state.name}`).join('\n'),
    basis: basisDraft(basis),
  };
}

/** The element as typed; `was` keeps what the form does not show. Throws what cannot be read. */
export function elementOf(
  draft: ElementDraft,
  was: DocumentElement | undefined,
  { scenario, elements }: Document,
): DocumentElement {
  const states = statesOf(draft.states);
  return {
    code: was?.code ?? codeOf(scenario, draft.rest, elements),
    name: textOf(draft.name, PART_TEXT.name),
    unit: textOf(draft.unit, PART_TEXT.unit),
    periodSeconds: secondsOf(draft.period, ELEMENT_FORM_TEXT.period),
    ...(draft.dense && { densePeriodSeconds: secondsOf(draft.dense, ELEMENT_FORM_TEXT.dense) }),
    range: draft.range && rangeOf(draft.range),
    ...(was?.maxChange && { maxChange: was.maxChange }),
    ...(draft.improbable && { improbable: improbableOf(draft.improbable) }),
    ...(states.length > 0 ? { states } : {}),
    sensing: draft.sensing,
    key: draft.key,
    basis: basisOf(draft.basis, PART_TEXT.basis),
  };
}

function improbableOf({ rarity, learn }: ImprobableDraft): NonNullable<DocumentElement['improbable']> {
  return {
    rarity: numberOf(rarity, ELEMENT_FORM_TEXT.rarity),
    learnSeconds: secondsOf(learn, ELEMENT_FORM_TEXT.learn),
  };
}

function statesOf(text: string): { value: number; name: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, value, name] = /^(-?\d+(?:\.\d+)?)\s+(.+)$/u.exec(line) ?? [];
      if (value === undefined || name === undefined) throw new Unreadable(ELEMENT_FORM_TEXT.badState(line));
      return { value: Number(value), name };
    });
}
