import { socialRoutes } from '#contract/monitoring';
import { expect, test } from 'vitest';

import kinds from './kinds.json' with { type: 'json' };
import { EMPTY_REPORT, leftOfReport, missingOfReport, reportOf } from './quick-report-draft.ts';

const spot = { lat: 31.2, lon: 121.6, accuracy: 12 };

test('a report needs what, a word or two, and a place: told by the phone, tapped, or named', () => {
  expect(missingOfReport(EMPTY_REPORT)).toHaveLength(3);
  const said = { ...EMPTY_REPORT, kind: '井盖缺失', text: '井盖不见了' };
  expect(missingOfReport(said)).toEqual(['在哪里（位置或地点名称）']);
  expect(missingOfReport({ ...said, spot })).toEqual([]);
  expect(missingOfReport({ ...said, named: '川和路 20 弄门口' })).toEqual([]);
  expect(missingOfReport({ ...said, spot, text: ' 水 ' })).toEqual(['怎么回事']);
});

test('what is written down is what the server takes, whatever kind and phrase was tapped', () => {
  for (const { kind, phrases } of kinds) {
    const draft = { ...EMPTY_REPORT, kind, text: phrases[0] ?? '围墙倾斜', spot, named: ' 川和路 ' };
    const report = reportOf(draft, { account: 'village.sample', key: 'k1', at: 1 });
    expect(report).toMatchObject({ state: 'waiting', id: null, body: { kind, place: '川和路', lat: 31.2 } });
    expect(socialRoutes.reportEvent.body.safeParse({ ...report.body, key: report.key }).success).toBe(true);
  }
});

test('what is written for the next one while a report is on its way stays', () => {
  const picture = { id: 'p1', blob: new Blob(), takenAt: 1, sha256: '', place: null };
  const handed = { ...EMPTY_REPORT, kind: '井盖缺失', text: '井盖不见了', spot, photos: [picture] };
  expect(leftOfReport(handed, handed)).toEqual(EMPTY_REPORT);
  const later = { ...picture, id: 'p2' };
  const now = { ...handed, text: '树枝要掉下来', photos: [picture, later] };
  expect(leftOfReport(now, handed)).toEqual({ ...EMPTY_REPORT, text: '树枝要掉下来', photos: [later] });
});
