import { expect, test } from 'vitest';

import { type DocumentSign, emptyLevel, inDirection, newSign, signDraft, signOf } from './sign-draft.ts';

const depth: DocumentSign = {
  code: 'FLOOD.S06',
  item: 'FLOOD.I06',
  name: '下立交积水深',
  element: 'FLOOD.UNDERPASS',
  measure: { kind: 'value' },
  direction: 'high',
  levels: {
    orange: {
      limit: 25,
      onDelaySeconds: 120,
      own: { from: 20, to: { parameter: 'FLOOD.W_STAGE', times: 2 } },
      basis: { tag: 'S', document: '封交线', verified: true },
    },
    blue: { limit: { parameter: 'FLOOD.W_STAGE', plus: -0.2 }, onDelaySeconds: 90 },
  },
  deadband: 2,
  offDelaySeconds: 900,
  unit: 'cm',
  basis: { tag: 'A', document: '默认标准设定值', verified: false, note: '待确认' },
};

const ELEMENTS = [
  {
    code: 'FLOOD.UNDERPASS',
    name: '下立交积水深度',
    unit: 'cm',
    periodSeconds: 300,
    range: null,
    sensing: 'iot',
    key: true,
    basis: depth.basis,
  } as const,
];

test('a sign that is opened and not touched stays as it is', () => {
  expect(signOf(signDraft(depth), depth, ELEMENTS)).toEqual({ value: depth });
});

test('spans are typed in the unit in which they are whole', () => {
  const draft = signDraft(depth);
  expect(draft.offDelay).toEqual({ amount: '15', unit: '60' });
  expect(draft.levels.blue?.delay).toEqual({ amount: '90', unit: '1' });
});

test('a field that is no number is named, nothing is guessed', () => {
  const draft = signDraft(depth);
  const { orange } = draft.levels;
  if (!orange) throw new Error('橙色不在');
  const bad = { ...draft, levels: { orange: { ...orange, limit: { ...orange.limit, value: '二十' } } } };
  expect(signOf(bad, depth, ELEMENTS)).toEqual({ fault: '“橙色限值”须填一个数' });
  const fresh = { ...draft, levels: { ...draft.levels, red: emptyLevel(false, orange) } };
  expect(signOf(fresh, depth, ELEMENTS)).toEqual({ fault: '“红色限值”须填一个数' });
});

test('a level that is removed is gone, and a blank ground is refused', () => {
  const draft = signDraft(depth);
  const saved = signOf({ ...draft, levels: { ...draft.levels, blue: undefined } }, depth, ELEMENTS);
  expect('value' in saved && Object.keys(saved.value.levels)).toEqual(['orange']);
  expect(signOf({ ...draft, basis: { ...draft.basis, document: ' ' } }, depth, ELEMENTS)).toEqual({
    fault: '请填写“依据：文件或来源”',
  });
});

test('what is compared decides the unit, and the unit follows when it is changed', () => {
  const draft = signDraft(depth);
  const measured = (measure: Partial<typeof draft.measure>) =>
    signOf({ ...draft, measure: { ...draft.measure, ...measure } }, depth, ELEMENTS);
  expect(measured({ kind: 'rolling', statistic: 'max' })).toMatchObject({
    value: { unit: 'cm', measure: { kind: 'rolling', statistic: 'max', windowSeconds: 3600 } },
  });
  expect(measured({ kind: 'silence' })).toMatchObject({ value: { unit: 's' } });
  expect(measured({ kind: 'deviation', as: 'percent' })).toMatchObject({
    value: { unit: '%', measure: { weeks: 4 } },
  });
  expect(measured({ kind: 'duration' })).toEqual({ fault: '“越过的界限”须填一个数' });
});

test('a band asks for a lower end at every level, and any other direction lets go of it', () => {
  const band = inDirection(signDraft(depth), 'band');
  expect(signOf(band, depth, ELEMENTS)).toEqual({ fault: '“橙色下限”须填一个数' });
  expect(signOf(inDirection(band, 'high'), depth, ELEMENTS)).toEqual({ value: depth });
});

test('a new sign takes the next free number and says what it still needs', () => {
  const document = { scenario: 'FLOOD', signs: [depth, { ...depth, code: 'FLOOD.S12B' }] } as Parameters<
    typeof newSign
  >[0];
  const sign = newSign(document);
  expect(sign.code).toBe('FLOOD.S13');
  expect(signOf(signDraft(sign), sign, ELEMENTS)).toEqual({ fault: '请填写“监测要素”' });
});

test('readings that have to agree are typed as two numbers, and are gone when that is switched off', () => {
  const agreeing = { ...depth, agreement: { atLeast: 3, of: 5 } };
  const draft = signDraft(agreeing);
  expect(signOf(draft, agreeing, ELEMENTS)).toEqual({ value: agreeing });
  expect(signOf({ ...draft, agreement: null }, agreeing, ELEMENTS)).toEqual({ value: depth });
  expect(signOf({ ...draft, agreement: { atLeast: '三', of: '5' } }, agreeing, ELEMENTS)).toEqual({
    fault: '“至少几次越限”须填一个数',
  });
});
