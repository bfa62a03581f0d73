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
const CLEAR = { action: 'clear', requires: ['steps', 'verdict', 'note'] } as const;
const NOTE = '积水已抽排，路面恢复通行';

test('clearing names the open required steps, the verdict and the note with its length', () => {
  expect(missingOf(CLEAR, EMPTY_DRAFT, ORDER)).toEqual([
    '必做步骤（1 项）',
    '核查结论',
    '说明（至少 10 个字，还差 10 个）',
  ]);
});

test('a ticked step, a verdict and a whole note are enough; optional steps are never asked for', () => {
  const draft = { ...EMPTY_DRAFT, steps: ['S2'], verdict: 'true' as const, note: NOTE };
  expect(missingOf(CLEAR, draft, ORDER)).toEqual([]);
});

test('a note too short for clearing is enough for a feedback', () => {
  const draft = { ...EMPTY_DRAFT, steps: ['S2'], verdict: 'true' as const, note: '好了' };
  expect(missingOf(CLEAR, draft, ORDER)).toEqual(['说明（至少 10 个字，还差 8 个）']);
  expect(missingOf({ action: 'feed-back', requires: ['note'] }, draft, ORDER)).toEqual([]);
});

test('a false alarm is cleared without ticking measures that were never taken', () => {
  const draft = { ...EMPTY_DRAFT, verdict: 'false-alarm' as const, note: '探头被杂物遮挡，现场无积水' };
  expect(missingOf(CLEAR, draft, ORDER)).toEqual([]);
});

test('blanks are no reason', () => {
  const asked = { action: 'reject', requires: ['reason'] } as const;
  expect(missingOf(asked, { ...EMPTY_DRAFT, reason: '   ' }, ORDER)).toEqual(['理由']);
});
