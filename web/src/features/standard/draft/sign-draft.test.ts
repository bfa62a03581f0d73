import { expect, test } from 'vitest';

import { type DocumentSign, emptyLevel, signDraft, signOf } from './sign-draft.ts';

const depth: DocumentSign = {
  code: 'FLOOD.S06',
  item: 'FLOOD.I06',
  name: '下立交积水深',
  element: 'FLOOD.UNDERPASS',
  measure: { kind: 'value' },
  direction: 'high',
  levels: {
    orange: { limit: 25, onDelaySeconds: 120, basis: { tag: 'S', document: '封交线', verified: true } },
    blue: { limit: { parameter: 'FLOOD.W_STAGE', plus: -0.2 }, onDelaySeconds: 90 },
  },
  deadband: 2,
  offDelaySeconds: 900,
  unit: 'cm',
  basis: { tag: 'A', document: '默认标准设定值', verified: false, note: '待确认' },
};

test('a sign that is opened and not touched stays as it is', () => {
  expect(signOf(signDraft(depth), depth)).toEqual({ sign: depth });
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
  expect(signOf(bad, depth)).toEqual({ fault: '“橙色限值”须填一个数' });
  const fresh = { ...draft, levels: { ...draft.levels, red: emptyLevel(false, orange) } };
  expect(signOf(fresh, depth)).toEqual({ fault: '“红色限值”须填一个数' });
});

test('a level that is removed is gone, and a blank ground is refused', () => {
  const draft = signDraft(depth);
  const saved = signOf({ ...draft, levels: { ...draft.levels, blue: undefined } }, depth);
  expect('sign' in saved && Object.keys(saved.sign.levels)).toEqual(['orange']);
  expect(signOf({ ...draft, basis: { ...draft.basis, document: ' ' } }, depth)).toEqual({
    fault: '请填写“依据：文件或来源”',
  });
});
