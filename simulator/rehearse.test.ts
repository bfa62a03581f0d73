// What the real recordings are held against: labels, changed signs, figures.
import type { RehearsalResult, StandardDraftDetail } from '#contract/standard';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { type CaseToRecord, readCases } from './case-files.ts';
import { changeSigns, readSignChange } from './change-signs.ts';
import { figuresOf, tellFigures } from './rehearsal-figures.ts';
import { readRehearseOptions } from './rehearse-options.ts';
import { builtInMaps, MapError, mapFor, type ReplayMap } from './replay-map.ts';
import { UsageError } from './replay-options.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'puan-cases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function mapOf(recording: string): ReplayMap {
  const map = mapFor(recording, builtInMaps());
  if (!map) throw new Error(`no map for ${recording}`);
  return map;
}

async function read(name: string, recording: string, ...lines: string[]) {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { cases, unreadable } = await readCases(file, mapOf(recording));
  return { unreadable, cases: cases.map((one) => told(one)) };
}

const told = ({ from, to, text, object, kind }: CaseToRecord) =>
  `${new Date(from).toISOString().slice(0, 16)} ${new Date(to).toISOString().slice(0, 16)} ${object ?? '*'} ${kind} ${text}`;

test('a controlled release of gas is an incident anywhere on the site, by its times in UTC', async () => {
  const { cases, unreadable } = await read(
    'metec_release_truth.csv',
    'metec_methane_sensors_minute.csv',
    'start_utc,end_utc,equipment_unit,source,lat,lon,ch4_g_per_h',
    '2022-05-09 17:49:55,2022-05-09 19:49:54,4S-2,4S-21,40.5,-105.1,1977.5',
    '2022-05-09 17:49:55,2022-05-08 19:49:54,4S-2,4S-22,40.5,-105.1,1',
  );
  expect(cases).toEqual(['2022-05-09T17:49 2022-05-09T19:49 * incident 受控释放 4S-21，1978 g/h']);
  expect(unreadable).toBe(1);
});

test('labelled minutes of a waterworks are incidents of it, from the first to the last', async () => {
  const { cases } = await read(
    'gecco2018_train_event_intervals.csv',
    'gecco2018_drinking_water_train.csv.gz',
    'start,end,rows',
    '2016-08-14 16:54:00,2016-08-14 17:11:00,18',
  );
  expect(cases).toEqual(['2016-08-14T16:54 2016-08-14T17:11 REPLAY-GECCO incident 标注的水质事件，18 分钟']);
});

test('of daily rows those with flooded streets are incidents, away from the midnights', async () => {
  const { cases } = await read(
    'norfolk_daily_2010_2016.csv',
    'norfolk_daily_2010_2016.csv',
    'event_date,event_name,num_flooded',
    '2010-09-29,,0.0',
    '2010-09-30,Nicole-2010-09-30,101.0',
    '2010-10-01,,',
  );
  expect(cases).toEqual([
    '2010-09-30T02:00 2010-09-30T23:00 REPLAY-NORFOLK incident Nicole-2010-09-30：道路积水报告 101 起',
  ]);
});

test('a flood deeper than four inches is an incident of its own sensor; sensors nobody plays are passed over', async () => {
  const { cases } = await read(
    'floodnet_nyc_events.csv',
    'floodnet_nyc_profiles.csv.gz',
    'event_id,sensor_id,flood_start_utc,flood_end_utc,max_depth_in',
    '0,Q-beach-84-st-0me680,2023-10-30 12:00:39,2023-10-30 16:38:19,17.72',
    '1,Q-beach-84-st-0me680,2023-11-30 12:00:39,2023-11-30 16:38:19,4',
    '2,elsewhere,2023-10-30 12:00:39,2023-10-30 16:38:19,17.72',
  );
  expect(cases).toEqual([
    '2023-10-30T12:00 2023-10-30T16:38 REPLAY-FLOODNET-01 incident 积水最深 45 厘米（17.72 英寸）',
  ]);
});

test("a table of one's own tells incidents and false alarms in Beijing time", async () => {
  const { cases, unreadable } = await read(
    'own.csv',
    'shanghai_hourly_2010_2015.csv.gz',
    'from,to,text,object,kind',
    '2013-09-13 16:00:00,2013-09-13 20:00:00,申城暴雨,REPLAY-SHANGHAI-RAIN,',
    '2013-10-01 08:00:00,2013-10-01 09:00:00,雨量筒检修,,false-alarm',
    '2013-10-01 08:00:00,2013-10-01 09:00:00,不明,,maybe',
  );
  expect(cases).toEqual([
    '2013-09-13T08:00 2013-09-13T12:00 REPLAY-SHANGHAI-RAIN incident 申城暴雨',
    '2013-10-01T00:00 2013-10-01T01:00 * false-alarm 雨量筒检修',
  ]);
  expect(unreadable).toBe(1);
  await expect(read('other.csv', 'ETTh1.csv', 'a,b', '1,2')).rejects.toThrow(MapError);
});

const flood = JSON.parse(readFileSync('standards/flood.json', 'utf8')) as StandardDraftDetail['document'];

test('a draft differs from the standard in what was set and in nothing else', () => {
  const changes = ['FLOOD.S07A.blue=15', 'FLOOD.S07A.offDelaySeconds=600', 'GAS.S01.blue=0.1'].map(
    readSignChange,
  );
  const changed = changeSigns(flood, changes);
  const differ = changed.signs.filter((sign, i) => JSON.stringify(sign) !== JSON.stringify(flood.signs[i]));
  expect(differ).toMatchObject([
    { code: 'FLOOD.S07A', offDelaySeconds: 600, levels: { blue: { limit: 15, onDelaySeconds: 600 } } },
  ]);
  expect({ ...changed, signs: flood.signs }).toEqual(flood);
});

test('what cannot be set is said before anything is begun', () => {
  for (const wrong of ['S07A.blue=15', 'FLOOD.S07A.purple=15', 'FLOOD.S07A.blue=', 'FLOOD.S07A.blue=x'])
    expect(() => readSignChange(wrong)).toThrow(UsageError);
  expect(() => changeSigns(flood, [readSignChange('FLOOD.S99.blue=1')])).toThrow('没有体征 FLOOD.S99');
  expect(() => changeSigns(flood, [readSignChange('FLOOD.S07B.blue=1')])).toThrow('没有 blue 这一级');
  expect(() => readRehearseOptions([])).toThrow(UsageError);
  expect(() => readRehearseOptions(['a.csv', '--session', 'x'])).toThrow(UsageError);
  expect(readRehearseOptions(['a.csv', '--set', 'FLOOD.S07A.blue=15'])).toMatchObject({
    path: 'a.csv',
    user: 'district',
    keep: false,
    changes: [{ sign: 'FLOOD.S07A', field: 'blue', value: 15 }],
  });
});

const none = { blue: 0, yellow: 0, orange: 0, red: 0 };
const side = { warnings: 0, byLevel: none, open: 0, conditions: 1, switchedOff: [] };
const MINUTE = 60_000;

/** Three incidents: warned of after 10 and after 20 minutes, and under a warning that had stood for a day. */
function resultWith(known: number): RehearsalResult {
  const rows = [10, 20, -1440].map((minutes, i) => ({
    text: `第 ${i} 起`,
    object: null,
    from: 1e12,
    to: 1e12 + 60 * MINUTE,
    current: { level: 'blue' as const, openedAt: 1e12 + minutes * MINUTE, object: '街', item: 'FLOOD.I07' },
    draft: null,
  }));
  return {
    readings: 100,
    points: 1,
    objects: 1,
    judgedMs: 1,
    elapsedMs: 1500,
    draft: side,
    current: { ...side, warnings: 4, byLevel: { ...none, blue: 3, red: 1 } },
    towns: [],
    hours: [],
    objectRows: [],
    moreObjects: 0,
    items: [],
    signs: [],
    outside: { draft: 0, current: 2 },
    incidents: { known, draft: 0, current: known === 0 ? 0 : 3, rows: known === 0 ? [] : rows },
    falseAlarms: { known: 0, draft: 0, current: 0, rows: [] },
    units: [
      { unit: '甲', draft: { warnings: 0, hours: 0 }, current: { warnings: 3, hours: 1.5 } },
      { unit: '乙', draft: { warnings: 0, hours: 0 }, current: { warnings: 1, hours: 0.5 } },
    ],
    grounds: { measured: 0, limit: 1, standing: 0 },
  };
}

test('a warning that stood before the incident began is told apart from one that came in time', () => {
  const figures = figuresOf('FLOOD', resultWith(3));
  expect(figures.current).toMatchObject({
    warnings: 4,
    caught: 3,
    alreadyStood: 1,
    medianDelayMinutes: 15,
    outside: 2,
    hours: 2,
  });
  expect(figures.draft).toMatchObject({ caught: 0, alreadyStood: 0, medianDelayMinutes: null, outside: 0 });
  const text = tellFigures(figures);
  expect(text).toContain('抓住的已知事件\t现行 3/3\t草案 0/3');
  expect(text).toContain('其中红/橙/黄/蓝\t现行 1/0/0/3');
  expect(text).not.toContain('没抓住的');
  expect(tellFigures({ ...figures, incidents: 500 })).toContain('只按列出的 3 起算');
});

test('what the version in force slept through is named, and whether the draft would have seen it', () => {
  const result = resultWith(3);
  const rows = result.incidents.rows.map((row) => ({ ...row, draft: row.current, current: null }));
  const missed = { ...result, incidents: { known: 3, draft: 3, current: 0, rows } };
  expect(tellFigures(figuresOf('FLOOD', missed))).toContain(
    '现行没抓住的\n  2001-09-09 09:46 第 0 起（草案抓住）',
  );
});

test('where no incident is known nothing is said to be outside of them', () => {
  const figures = figuresOf('FLOOD', resultWith(0));
  expect(figures.current.outside).toBeNull();
  expect(tellFigures(figures)).toContain('已知事件以外的预警\t现行 量不出\t草案 量不出');
});
