import { expect, test } from 'vitest';

import { addStep, moveStep } from './step-list.ts';

const steps = ['1', '4'].map((code) => ({ code, text: code, evidence: 'none', required: true }) as const);

test('a new step gets a code that none has', () => {
  expect(addStep(steps).map(({ code }) => code)).toEqual(['1', '4', '5']);
  expect(addStep([]).map(({ code }) => code)).toEqual(['1']);
});

test('a step moves by one place and not beyond the ends', () => {
  expect(moveStep(steps, 1, -1).map(({ code }) => code)).toEqual(['4', '1']);
  expect(moveStep(steps, 0, -1)).toEqual(steps);
  expect(moveStep(steps, 1, 1)).toEqual(steps);
});
