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
const ORDER = {
  steps: [step('S1', true, 1), step('S2', true, null), step('S3', false, null)],
  results: [],
  entries: [],
};
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

test('what was none is cleared without ticking measures that were never taken', () => {
  const draft = { ...EMPTY_DRAFT, verdict: 'duplicate' as const, note: '探头被杂物遮挡，现场无积水' };
  expect(missingOf(CLEAR, draft, ORDER)).toEqual([]);
});

test('blanks are no reason', () => {
  const asked = { action: 'reject', requires: ['reason'] } as const;
  expect(missingOf(asked, { ...EMPTY_DRAFT, reason: '   ' }, ORDER)).toEqual(['理由']);
});

test('what the disposal types must produce is named until it is typed so that it says something, and pictured', () => {
  const told = (field: string, kind: 'number' | 'photos', text: string) => ({
    type: 'EVACUATION' as const,
    typeText: '人员疏散转移',
    field,
    text,
    kind,
    done: false,
    value: null,
  });
  const order = {
    steps: [],
    entries: [],
    results: [told('people', 'number', '转移人数'), told('p', 'photos', '照片')],
  };
  const asked = { action: 'clear', requires: ['results'] } as const;
  expect(missingOf(asked, EMPTY_DRAFT, order)).toEqual(['处置结果（转移人数、照片）']);
  const photo = (id: string) => ({ id, step: null, name: id });
  const typed = (people: string) => ({
    ...EMPTY_DRAFT,
    results: { 'EVACUATION.people': people },
    photos: [photo('a'), photo('b')],
  });
  expect(missingOf(asked, typed('很多'), order)).toEqual(['处置结果（转移人数）']);
  expect(missingOf(asked, typed('12'), order)).toEqual([]);
  expect(missingOf(asked, { ...EMPTY_DRAFT, verdict: 'false-alarm' }, order)).toEqual([]);
});

test('a verdict of false alarm asks for its reason besides', () => {
  const draft = { ...EMPTY_DRAFT, verdict: 'false-alarm' as const, note: '探头被杂物遮挡，现场无积水' };
  expect(missingOf(CLEAR, draft, ORDER)).toEqual(['误报原因']);
  expect(missingOf(CLEAR, { ...draft, falseAlarm: 'sensor-fault' }, ORDER)).toEqual([]);
});

test('while a sign stands, clearing as true asks for what was measured on site and a photo; a false alarm does not', () => {
  const asked = { action: 'clear', requires: ['normal'] } as const;
  const photos = [{ id: 'p1', step: null, name: '现场照片' }];
  const measured = { value: '2.5', unit: 'cm' };
  const words = ['体征恢复正常，或现场实测值和照片'];
  expect(missingOf(asked, { ...EMPTY_DRAFT, verdict: 'true' }, ORDER)).toEqual(words);
  expect(missingOf(asked, { ...EMPTY_DRAFT, measured }, ORDER)).toEqual(words);
  expect(
    missingOf(asked, { ...EMPTY_DRAFT, measured: { value: '很浅', unit: 'cm' }, photos }, ORDER),
  ).toEqual(words);
  expect(missingOf(asked, { ...EMPTY_DRAFT, measured, photos }, ORDER)).toEqual([]);
  expect(missingOf(asked, { ...EMPTY_DRAFT, verdict: 'duplicate' }, ORDER)).toEqual([]);
});

test('the reviewer confirms what was measured before closing', () => {
  const asked = { action: 'close', requires: ['measured'] } as const;
  expect(missingOf(asked, EMPTY_DRAFT, ORDER)).toEqual(['确认现场实测']);
  expect(missingOf(asked, { ...EMPTY_DRAFT, confirmMeasured: true }, ORDER)).toEqual([]);
});
