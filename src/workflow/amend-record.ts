import { CLEARING_NOTE_LENGTH } from '#model/response';
import { DISPOSAL_TYPES, isResult, RESULT_LENGTH, type ResultKind } from '#model/standard';

import type { ClosureFacts } from './closure-facts.ts';
import { closureFindings } from './closure-quality.ts';

/** A part of a closed record that may be put right, as it reads now. */
export interface Amendable {
  /** `note`, or `TYPE.field` of a result. */
  readonly field: string;
  readonly fieldText: string;
  readonly kind: Extract<ResultKind, 'text' | 'number' | 'moment'>;
  readonly reads: string;
}

/** A record with what was put right of it, by field. */
export function asAmended(record: ClosureFacts, amended: ReadonlyMap<string, string>): ClosureFacts {
  return {
    ...record,
    note: record.note === null ? null : (amended.get('note') ?? record.note),
    results: record.results.map((one) => ({
      ...one,
      value: one.value === null ? null : (amended.get(`${one.type}.${one.field}`) ?? one.value),
    })),
  };
}

/** What was told and stands in a record: its note and its results. What deeds show (arrival, photos) is what it is. */
export function amendableOf(record: ClosureFacts): readonly Amendable[] {
  const note: readonly Amendable[] =
    record.note === null ? [] : [{ field: 'note', fieldText: '处置说明', kind: 'text', reads: record.note }];
  const results = record.results.flatMap(({ type, field, text, kind, value }): readonly Amendable[] =>
    value === null || kind === 'arrival' || kind === 'photos'
      ? []
      : [{ field: `${type}.${field}`, fieldText: `${DISPOSAL_TYPES[type]} · ${text}`, kind, reads: value }],
  );
  return [...note, ...results];
}

/** Why something cannot be put right like this, in words; undefined where it can. The record must not get worse by it. */
export function amendmentFault(
  record: ClosureFacts,
  { field, kind, reads: before }: Amendable,
  reads: string,
): string | undefined {
  if (reads === before) return '与现在的记录相同';
  if (field === 'note') {
    if (Array.from(reads).length < CLEARING_NOTE_LENGTH) return `处置说明不少于 ${CLEARING_NOTE_LENGTH} 字`;
  } else if (reads.length > RESULT_LENGTH || !isResult(kind, reads)) return SHAPE[kind];
  const known = new Set(closureFindings(record).map((one) => one.check));
  const worse = closureFindings(asAmended(record, new Map([[field, reads]]))).find(
    (one) => one.blocks && !known.has(one.check),
  );
  return worse && `${worse.text}（${worse.mend}）`;
}

const SHAPE: Readonly<Record<Amendable['kind'], string>> = {
  text: `须是 ${RESULT_LENGTH} 字以内的文字`,
  number: '须是数字',
  moment: '须是日期和时间',
};
