import { expect, test } from 'vitest';

import { EMPTY_DRAFT } from './draft.ts';
import { missingOf } from './missing.ts';

const step = (code: string, required: boolean, doneAt: number | null) => ({
  code,
  text: code,
  evidence: 'none' as const,
  required,
  doneAt,
  doneBy: null,
});
const ORDER = { steps: [step('S1', true, 1), step('S2', true, null), step('S3', false, null)] };

test('clearing names the open required steps and the verdict', () => {
  expect(missingOf(['steps', 'verdict'], EMPTY_DRAFT, ORDER)).toEqual(['必做步骤（1 项）', '核查结论']);
});

test('a ticked step and a chosen verdict are enough; optional steps are never asked for', () => {
  expect(missingOf(['steps', 'verdict'], { ...EMPTY_DRAFT, steps: ['S2'], verdict: 'true' }, ORDER)).toEqual(
    [],
  );
});

test('blanks are no reason', () => {
  expect(missingOf(['reason'], { ...EMPTY_DRAFT, reason: '   ' }, ORDER)).toEqual(['理由']);
});
