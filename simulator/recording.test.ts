import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

import type { Moment } from './fill.ts';
import { inOrder, newCounts, readRecording } from './recording.ts';
import { timeReader } from './recording-time.ts';
import { builtInMaps, MapError, mapFor, type ReplayMap } from './replay-map.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'puan-recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

function shanghai(): ReplayMap {
  const map = mapFor('/data/shanghai_hourly_2010_2015.csv.gz', builtInMaps());
  if (!map) throw new Error('the built-in map is gone');
  return map;
}

async function playOut(text: string, fills: boolean): Promise<{ moments: Moment[]; counts: object }> {
  const file = path.join(folder, 'shanghai_hourly_2010_2015.csv');
  writeFileSync(file, text);
  const counts = newCounts();
  const moments: Moment[] = [];
  for await (const moment of readRecording({ file, map: shanghai(), fills, counts })) moments.push(moment);
  return { moments, counts };
}

const HOUR = 3_600_000;
const at16 = Date.parse('2013-09-13T16:00:00+08:00');

test('Beijing stamps are read the same in summer as in winter, and no 31st of April', () => {
  const beijing = timeReader({ column: 't', format: 'YYYY-MM-DD hh:mm:ss', zone: 'Asia/Shanghai' });
  const utc = timeReader({ column: 't', format: 'DD/MM/YYYY hh:mm', zone: 'UTC' });
  expect(beijing('2013-07-01 00:00:00')).toBe(Date.parse('2013-06-30T16:00:00Z'));
  expect(beijing('2013-01-01 00:00:00')).toBe(Date.parse('2012-12-31T16:00:00Z'));
  expect(beijing('2012-02-29 23:59:59')).toBe(Date.parse('2012-02-29T15:59:59Z'));
  expect(utc('29/02/2012 06:05')).toBe(Date.parse('2012-02-29T06:05:00Z'));
  for (const wrong of [
    '2013-04-31 00:00:00',
    '2013-02-29 00:00:00',
    '2013-13-01 00:00:00',
    '2013-01-01 24:00:00',
    ' 013-01-01 00:00:00',
    '2013-01-01',
  ]) {
    expect(beijing(wrong)).toBeUndefined();
  }
});

test('a blank cell is a gap: it is counted and never sent as 0', async () => {
  const { moments, counts } = await playOut(
    'time,temp_c,precip_mm_h\n2013-09-13 16:00:00,30,\n2013-09-13 17:00:00,NA,0\n2013-09-13 18:00:00,x,1.2\n',
    false,
  );
  expect(moments.map(({ samples }) => samples.map(({ channel, value }) => [channel.column, value]))).toEqual([
    [['temp_c', 30]],
    [['precip_mm_h', 0]],
    [['precip_mm_h', 1.2]],
  ]);
  expect(counts).toMatchObject({ rows: 3, missing: 2, unreadable: 1 });
});

test('an hourly total is shared out over the hour it begins, and the total stays true', async () => {
  const { moments } = await playOut(
    'time,temp_c,precip_mm_h\n2013-09-13 16:00:00,,61.6\n2013-09-13 17:00:00,,0\n',
    true,
  );
  const rain = moments.filter(({ at }) => at > at16 && at <= at16 + HOUR);
  const sum = rain.flatMap(({ samples }) => samples).reduce((total, { value }) => total + value, 0);
  expect(rain.length).toBe(12);
  expect(sum).toBeCloseTo(61.6, 4);
  expect(moments.map(({ at }) => at)).toEqual(moments.map(({ at }) => at).toSorted((a, b) => a - b));
});

test('temperature runs straight between two rows, but not across a missing one', async () => {
  const { moments } = await playOut(
    'time,temp_c,precip_mm_h\n2013-09-13 16:00:00,30,\n2013-09-13 17:00:00,24,\n2013-09-13 18:00:00,,\n2013-09-13 19:00:00,20,\n',
    true,
  );
  const air = new Map(moments.map(({ at, samples }) => [at - at16, samples[0]?.value]));
  expect(air.get(HOUR / 2)).toBe(27);
  expect(air.get(HOUR)).toBe(24);
  expect([...air.keys()].filter((ms) => ms > HOUR && ms < 3 * HOUR && air.get(ms) !== undefined)).toEqual([]);
});

test('a row that comes twice is sent once; a row without a time is counted', async () => {
  const { moments, counts } = await playOut(
    'time,temp_c,precip_mm_h\n2013-09-13 16:00:00,30,0\n2013-09-13 16:00:00,30,0\nyesterday,1,1\n',
    false,
  );
  expect(moments.length).toBe(1);
  expect(counts).toMatchObject({ rows: 3, duplicates: 1, badTimes: 1 });
});

test('a file without the columns of the map is refused with both lists', async () => {
  await expect(playOut('when,what\n1,2\n', false)).rejects.toThrow(MapError);
});

test('two recordings play as one, in order of time', async () => {
  async function* at(...times: readonly number[]): AsyncGenerator<Moment> {
    for (const time of times) yield { at: time, samples: [] };
  }
  const seen: number[] = [];
  for await (const moment of inOrder([at(1, 4, 5), at(2, 3, 6)])) seen.push(moment.at);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
});
