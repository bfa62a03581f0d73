import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

import type { Moment } from './fill.ts';
import { newCounts } from './recording-cell.ts';
import { inOrder, readRecording } from './recording.ts';
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

const PONDING: ReplayMap = {
  match: 'profiles',
  name: '积水',
  note: '试',
  via: 'http',
  time: {
    column: 't_sec',
    format: 'YYYY-MM-DD hh:mm:ss',
    zone: 'UTC',
    events: { file: 'events.csv', key: 'event_id', start: 'began' },
  },
  objects: [{ code: 'O', name: '回放·街（非浦东）', scenarios: ['FLOOD'], lat: 31.16, lon: 121.64 }],
  devices: [{ code: 'D', st: '22', pw: '123456' }],
  channels: ['north', 'south'].map((sensor) => ({
    column: 'depth_in',
    rows: { column: 'sensor_id', is: sensor },
    object: 'O',
    point: sensor,
    element: 'FLOOD.PONDING',
    device: 'D',
    factor: sensor,
    scale: 2.54,
    offset: 0,
    missing: [],
    fill: { kind: 'rest' as const, value: 0, everySeconds: 600, overSeconds: 1800 },
  })),
};

test('a recording of events is played in order of time, each sensor on its own point, at rest once its flood is over', async () => {
  const file = path.join(folder, 'profiles.csv');
  writeFileSync(
    path.join(folder, 'events.csv'),
    'event_id,sensor_id,began\n1,south,2023-09-29 12:00:00\n2,north,2023-09-29 11:00:00\n3,elsewhere,2023-09-29 11:00:00\n4,north,2023-09-29 11:21:00\n',
  );
  // Ordered by event, not by time; of one event nothing is known, one sensor nobody asks for.
  writeFileSync(file, 'event_id,t_sec,depth_in\n1,0,0\n1,60,10\n2,0,0\n2,60,2\n3,0,5\n4,0,1\n9,0,7\n');
  const played = async (fills: boolean): Promise<unknown[]> => {
    const moments: Moment[] = [];
    for await (const moment of readRecording({ file, map: PONDING, fills, counts })) moments.push(moment);
    return moments.flatMap(({ at, samples }) =>
      samples.map(({ channel, value }) => [new Date(at).toISOString().slice(11, 16), channel.point, value]),
    );
  };
  const counts = newCounts();
  const measured = [
    ['11:00', 'north', 0],
    ['11:01', 'north', 5.08],
    ['11:21', 'north', 2.54],
    ['12:00', 'south', 0],
    ['12:01', 'south', 25.4],
  ];
  expect(await played(false)).toEqual(measured);
  expect(counts).toMatchObject({ rows: 7, badTimes: 1 });
  const filled = await played(true);
  // 11:21 begins the next flood in the north, so the rest of the first ends before it.
  expect(filled.filter((one) => !measured.some((two) => String(two) === String(one)))).toEqual([
    ['11:11', 'north', 0],
    ['11:31', 'north', 0],
    ['11:41', 'north', 0],
    ['11:51', 'north', 0],
    ['12:11', 'south', 0],
    ['12:21', 'south', 0],
    ['12:31', 'south', 0],
  ]);
});
