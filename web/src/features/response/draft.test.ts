import { expect, test } from 'vitest';

import { EMPTY_DRAFT, leftOf, noteOf } from './draft.ts';

const STEPS = [
  { code: 'S1', text: '核对水深' },
  { code: 'S2', text: '封闭下立交' },
];

test('the note carries the general words first and then a line per step', () => {
  const draft = { ...EMPTY_DRAFT, note: ' 已到现场 ', stepNotes: { S2: '东口已封', S1: '0.28 m' } };
  expect(noteOf(draft, STEPS)).toBe('已到现场\n核对水深：0.28 m\n封闭下立交：东口已封');
});

test('nothing typed is no note at all', () => {
  expect(noteOf({ ...EMPTY_DRAFT, stepNotes: { S1: '  ' } }, STEPS)).toBe('');
});

test('what is ticked, typed and taken while a step is on its way is not lost with it', () => {
  const picture = { id: 'p1', step: null, name: '到场' };
  const handed = {
    ...EMPTY_DRAFT,
    steps: ['S1'],
    note: '到了',
    photos: [picture],
    stepNotes: { S1: '0.28 m' },
  };
  const later = { id: 'p2', step: 'S2', name: '步骤 S2 照片' };
  const now = {
    ...handed,
    steps: ['S1', 'S2'],
    photos: [picture, later],
    stepNotes: { S1: '0.28 m', S2: '东口已封' },
    verdict: 'true' as const,
  };
  expect(leftOf(now, handed)).toEqual({
    ...EMPTY_DRAFT,
    steps: ['S2'],
    photos: [later],
    stepNotes: { S2: '东口已封' },
    verdict: 'true',
  });
  expect(leftOf(handed, handed)).toEqual(EMPTY_DRAFT);
});
