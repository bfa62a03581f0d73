// What the closure quality gate says of a record: each check by a story of the field.
import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import { closureFindings } from './closure-quality.ts';
import type { ClosureFacts, RecordPhoto } from './closure-facts.ts';
import { recordWith } from './closure-record.ts';
import { PLAIN_RECORD } from './testing.ts';

const OPENED = fromBeijing(2026, 11, 20, 3 * 3_600_000);
const at = (minutes: number): number => OPENED + minutes * 60_000;
const GOOD: ClosureFacts = {
  ...PLAIN_RECORD,
  openedAt: OPENED,
  times: { accept: at(2), arrive: at(20), dispose: at(25), clear: at(60) },
};
const PHOTO: RecordPhoto = { id: 1, adopted: true, takenAt: at(30), lat: 31.2, lon: 121.5, accuracy: 10 };
const HIGH = '积水深度：实测 31 cm ≥ 27 cm（黄色），自 11月20日 03:02 起';

const found = (facts: Partial<ClosureFacts>) =>
  closureFindings({ ...GOOD, ...facts }).map(({ check, kind, blocks }) => [check, kind, blocks]);
const told = (facts: Partial<ClosureFacts>): string => closureFindings({ ...GOOD, ...facts })[0]?.text ?? '';

test('a whole record has nothing against it', () => {
  expect(found({ photos: [PHOTO] })).toEqual([]);
});

test('what is not there: verdict, note, steps, results', () => {
  const open = {
    type: 'EVACUATION',
    field: 'people',
    text: '转移人数',
    kind: 'number',
    done: false,
    value: null,
  } as const;
  expect(found({ verdict: null, note: null })).toEqual([
    ['verdict', 'missing', true],
    ['note', 'missing', true],
  ]);
  expect(found({ openSteps: ['4', '5'], results: [open] })).toEqual([
    ['steps', 'missing', true],
    ['results', 'missing', true],
  ]);
  // A false alarm took no measures.
  expect(found({ verdict: 'false-alarm', openSteps: ['4'], results: [open] })).toEqual([]);
});

test('a note of repeated letters or of punctuation says nothing', () => {
  for (const note of [
    '好好好好好好好好好好好好',
    '……！！！！。。。。，，，',
    '完毕完毕完毕完毕完毕完毕',
    '处置完毕。。。。。。。。',
  ])
    expect(found({ note })).toEqual([['note-empty', 'malformed', true]]);
  expect(found({ note: '已抽排，水深 3 厘米，路面通行' })).toEqual([]);
});

test('a result of punctuation alone', () => {
  const dots = {
    type: 'ACCESS_CONTROL',
    field: 'detour',
    text: '绕行方案',
    kind: 'text',
    done: true,
    value: '——',
  } as const;
  expect(found({ results: [dots] })).toEqual([['result-empty', 'malformed', true]]);
});

test('times that run backwards are told with both moments', () => {
  const times = { accept: at(2), arrive: at(70), dispose: null, clear: at(60) };
  expect(found({ times })).toEqual([['times', 'contradictory', true]]);
  expect(told({ times })).toBe('销警 11月20日 04:00 早于到场 11月20日 04:10');
  // Begun from afar, and then somebody went after all.
  expect(found({ times: { accept: at(2), arrive: at(40), dispose: at(10), clear: at(60) } })).toEqual([]);
});

test('a photo taken after the clearing proves nothing of it; a clock that is off by minutes is no lie', () => {
  expect(found({ photos: [{ ...PHOTO, takenAt: at(90) }] })).toEqual([
    ['photo-after', 'contradictory', true],
  ]);
  expect(found({ photos: [{ ...PHOTO, takenAt: at(63) }] })).toEqual([]);
});

test('a road that was closed until before it was closed, and a year that is a slip of the pen', () => {
  const from = {
    type: 'ACCESS_CONTROL',
    field: 'from',
    text: '管控开始',
    kind: 'moment',
    done: true,
  } as const;
  const to = { ...from, field: 'to', text: '管控结束' } as const;
  const results = (begin: string, end: string) => [
    { ...from, value: begin },
    { ...to, value: end },
  ];
  expect(found({ results: results('2026-11-20T08:30', '2026-11-20T08:30') })).toEqual([]);
  expect(told({ results: results('2026-11-20T08:30', '2026-11-20T06:00') })).toBe(
    '管控开始 2026-11-20 08:30 晚于结束时间',
  );
  expect(found({ results: results('2006-11-20T08:30', '2026-11-20T09:30') })).toEqual([
    ['year', 'contradictory', true],
  ]);
});

test('“restored” while the value is high blocks; “not yet restored” says the truth; one who measured himself is believed', () => {
  const note = '水泵已修复，道路已恢复通行';
  expect(found({ note, standing: [HIGH] })).toEqual([['repaired-though-high', 'contradictory', true]]);
  expect(told({ note, standing: [HIGH] })).toContain('实测 31 cm ≥ 27 cm');
  expect(found({ note: '水泵尚未修复，等待备件到货安装', standing: [HIGH] })).toEqual([]);
  const step = {
    action: 'clear',
    at: at(60),
    verdict: 'true',
    note,
    measured: { value: 2, unit: 'cm' },
  } as const;
  expect(closureFindings(recordWith({ ...GOOD, standing: [HIGH] }, step))).toEqual([]);
});

test('only told, never blocking: far, old, nowhere, repeated, a false alarm under a high value, a number too large', () => {
  expect(found({ photos: [{ ...PHOTO, lat: 31.21 }] })).toEqual([['photo-far', 'contradictory', false]]);
  // 330 m away by a phone that may be off by 100 m.
  expect(found({ photos: [{ ...PHOTO, lat: 31.203, accuracy: 100 }] })).toEqual([]);
  expect(found({ photos: [{ ...PHOTO, takenAt: at(-60) }] })).toEqual([
    ['photo-old', 'contradictory', false],
  ]);
  expect(found({ photos: [{ ...PHOTO, lat: null, lon: null }] })).toEqual([
    ['photo-nowhere', 'missing', false],
  ]);
  expect(found({ like: 'GD20261101-000007' })).toEqual([['note-like', 'malformed', false]]);
  expect(found({ verdict: 'false-alarm', standing: [HIGH] })).toEqual([
    ['false-though-high', 'contradictory', false],
  ]);
  const people = {
    type: 'EVACUATION',
    field: 'people',
    text: '转移人数',
    kind: 'number',
    done: true,
    value: '3000000',
  } as const;
  expect(found({ results: [people] })).toEqual([['number-large', 'contradictory', false]]);
});

test('a photo that waits for its step is judged once it is handed in', () => {
  const photos = [{ ...PHOTO, adopted: false, lat: 31.3 }];
  expect(found({ photos })).toEqual([]);
  const step = {
    action: 'clear',
    at: at(60),
    verdict: 'true',
    note: GOOD.note ?? '',
    attachments: [1],
  } as const;
  expect(closureFindings(recordWith({ ...GOOD, photos }, step)).map((one) => one.check)).toEqual([
    'photo-far',
  ]);
});

test('what blocks is told first, and each with how to mend it', () => {
  const all = closureFindings({ ...GOOD, note: '。', photos: [{ ...PHOTO, lat: null, lon: null }] });
  expect(all.map((one) => one.blocks)).toEqual([true, false]);
  expect(all.every((one) => one.mend.length > 4)).toBe(true);
});
