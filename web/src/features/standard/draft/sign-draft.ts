import { measuredUnit, type StandardDraftDetail } from '#contract/standard';
import { type Agreement, SIGN_LEVELS, type SignDirection, type SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { HEAD_TEXT } from '../part-text.ts';
import {
  type BasisDraft,
  basisDraft,
  basisOf,
  BLANK_LIMIT,
  type LimitDraft,
  limitDraft,
  limitOf,
  nonNegativeOf,
  numberOf,
  type ReadForm,
  readForm,
  secondsOf,
  type SpanDraft,
  spanDraft,
  textOf,
} from './field-drafts.ts';
import { type MeasureDraft, measureDraft, measureOf } from './measure-draft.ts';

export type Document = StandardDraftDetail['document'];
export type DocumentSign = Document['signs'][number];

export interface LevelDraft {
  readonly limit: LimitDraft;
  /** Of a band. */
  readonly lower: LimitDraft | null;
  readonly delay: SpanDraft;
  /** Within which objects may have a limit of their own; null where only a stricter one. */
  readonly own: { readonly from: LimitDraft; readonly to: LimitDraft } | null;
  /** Null where the sign's own counts. */
  readonly basis: BasisDraft | null;
}

export interface SignDraft {
  readonly name: string;
  readonly item: string;
  readonly element: string;
  readonly measure: MeasureDraft;
  readonly direction: SignDirection;
  readonly levels: Readonly<Partial<Record<SignLevel, LevelDraft | undefined>>>;
  /** 读数表决; null where every reading counts by itself. */
  readonly agreement: { readonly atLeast: string; readonly of: string } | null;
  readonly deadband: string;
  readonly offDelay: SpanDraft;
  readonly basis: BasisDraft;
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
      own: cell.own ? { from: limitDraft(cell.own.from), to: limitDraft(cell.own.to) } : null,
      basis: cell.basis ? basisDraft(cell.basis) : null,
    };
  }
  return {
    name: sign.name,
    item: sign.item,
    element: sign.element,
    measure: measureDraft(sign.measure),
    direction: sign.direction,
    levels,
    agreement: sign.agreement
      ? { atLeast: String(sign.agreement.atLeast), of: String(sign.agreement.of) }
      : null,
    deadband: String(sign.deadband),
    offDelay: spanDraft(sign.offDelaySeconds),
    basis: basisDraft(sign.basis),
  };
}

/** A level to begin with: as the sign's others are held, its limit still to be typed. */
export function emptyLevel(banded: boolean, like: LevelDraft | undefined): LevelDraft {
  return {
    limit: BLANK_LIMIT,
    lower: banded ? BLANK_LIMIT : null,
    delay: like?.delay ?? spanDraft(0),
    own: null,
    basis: null,
  };
}

/** The draft in another direction: a band has a lower end at each level, the others have none. */
export function inDirection(draft: SignDraft, direction: SignDirection): SignDraft {
  const levels = Object.fromEntries(
    Object.entries(draft.levels).map(([level, cell]) => [
      level,
      cell && { ...cell, lower: direction === 'band' ? (cell.lower ?? BLANK_LIMIT) : null },
    ]),
  );
  return { ...draft, direction, levels };
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
      ...(cell.own && {
        own: {
          from: limitOf(cell.own.from, `${name}${SIGN_FORM_TEXT.ownFrom}`),
          to: limitOf(cell.own.to, `${name}${SIGN_FORM_TEXT.ownTo}`),
        },
      }),
      ...(cell.basis && { basis: basisOf(cell.basis, `${name}${SIGN_FORM_TEXT.basis}`) }),
    };
  }
  return levels;
}

function agreementOf({ atLeast, of }: NonNullable<SignDraft['agreement']>): Agreement {
  return {
    atLeast: numberOf(atLeast, SIGN_FORM_TEXT.atLeast),
    of: numberOf(of, SIGN_FORM_TEXT.lastReadings),
  };
}

/** The sign as typed; its unit follows from the element and what is compared. What its values mean is the linter's to judge. */
export function signOf(
  draft: SignDraft,
  sign: DocumentSign,
  elements: Document['elements'],
): ReadForm<DocumentSign> {
  return readForm(() => {
    const { agreement: _before, ...rest } = sign;
    const element = textOf(draft.element, HEAD_TEXT.element);
    const measure = measureOf(draft.measure);
    const watched = elements.find(({ code }) => code === element);
    return {
      ...rest,
      name: textOf(draft.name, SIGN_FORM_TEXT.name),
      item: textOf(draft.item, HEAD_TEXT.item),
      element,
      measure,
      direction: draft.direction,
      levels: levelsOf(draft),
      ...(draft.agreement && { agreement: agreementOf(draft.agreement) }),
      deadband: nonNegativeOf(draft.deadband, SIGN_FORM_TEXT.deadband),
      offDelaySeconds: secondsOf(draft.offDelay, SIGN_FORM_TEXT.offDelay),
      unit: watched ? measuredUnit(measure, watched) : sign.unit,
      basis: basisOf(draft.basis, SIGN_FORM_TEXT.basis),
    };
  });
}

/** A sign to begin with, under the next number that is free. */
export function newSign({ scenario, signs }: Document): DocumentSign {
  const used = signs.map(({ code }) => Number(/\.S(\d{2})/u.exec(code)?.[1] ?? 0));
  const number = String(Math.max(0, ...used) + 1).padStart(2, '0');
  return {
    code: `${scenario}.S${number}`,
    item: '',
    name: '',
    element: '',
    measure: { kind: 'value' },
    direction: 'high',
    levels: {},
    deadband: 0,
    offDelaySeconds: 600,
    unit: '',
    basis: { tag: 'A', document: '', verified: false },
  };
}
