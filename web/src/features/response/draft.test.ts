import { expect, test } from 'vitest';

import { EMPTY_DRAFT, noteOf } from './draft.ts';

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
