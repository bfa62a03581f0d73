import type { Sign } from '#model/standard';
import { expect, test } from 'vitest';

import type { ActorHistory, ActorSign, Episode } from './actor-history.ts';
import { changeSign } from './change-sign.ts';
import { propose } from './propose.ts';
import { quantile } from './quantile.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SIGN: ActorSign = {
  unit: 'cm',
  isSilence: false,
  isNumeric: true,
  deadband: 1,
  offDelaySeconds: 0,
  levels: [
    { level: 'blue', onDelaySeconds: 0 },
    { level: 'yellow', onDelaySeconds: 0 },
    { level: 'red', onDelaySeconds: 0 },
  ],
};

const history = (episodes: readonly Episode[], rest: Partial<ActorHistory> = {}): ActorHistory => ({
  from: 0,
  to: 30 * DAY,
  episodes,
  sign: SIGN,
  periodSeconds: 10,
  range: 200,
  suspectShare: 0,
  findings: [],
  ...rest,
});

/** `n` alarms that last `lasts` each and begin `every` so long. */
const alarms = (
  n: number,
  { every, lasts, ...rest }: { every: number; lasts: number } & Partial<Episode>,
): readonly Episode[] =>
  Array.from({ length: n }, (_, i) => ({
    raisedAt: i * every,
    normalAt: i * every + lasts,
    peakLevel: 1,
    excursion: 0.4,
    returned: 1.5,
    ...rest,
  }));

test('crossings in quick succession that hardly fall back ask for a dead-band a little wider than the fall', () => {
  expect(propose(history(alarms(8, { every: MINUTE, lasts: 20 * SECOND })))).toEqual({
    kind: 'raise-deadband',
    change: { field: 'deadband', from: 1, to: 1.7, unit: 'cm' },
    why: '恢复后 15 分钟内又报警 7 次（共 8 次），九成只回落到限值以内 1.5 cm、越限不超过 0.4 cm，回差由 1 加大到 1.7 cm，这些可并为一次',
  });
});

test('one deep fall in ten does not make the dead-band wide', () => {
  const swing = alarms(11, { every: MINUTE, lasts: 20 * SECOND });
  const odd = swing.map((one, i) => (i === 4 ? { ...one, returned: 18 } : one));
  expect(propose(history(odd))).toMatchObject({ change: { to: 1.7 } });
});

test('where no readings tell how far it fell, the swing is taken to be even, and the sentence says so', () => {
  const blind = alarms(8, { every: MINUTE, lasts: 20 * SECOND, returned: null, excursion: 2 });
  expect(propose(history(blind))).toMatchObject({
    change: { to: 2.2 },
    why: expect.stringContaining('按上下对称计'),
  });
});

test('a swing wider than a tenth of what can be measured is a jumping reading, not a ripple', () => {
  expect(propose(history(alarms(8, { every: MINUTE, lasts: 20 * SECOND, returned: 60 })))).toMatchObject({
    kind: 'mend-sensor',
    change: null,
    why: expect.stringContaining('回落 60 cm，超过量程的 10%'),
  });
});

test('poor data goes before every limit', () => {
  const swing = alarms(8, { every: MINUTE, lasts: 20 * SECOND });
  expect(propose(history(swing, { findings: ['长时间不变'] }))).toMatchObject({
    kind: 'mend-sensor',
    why: '1 起数据异常（长时间不变），其间报警 8 次，先检修传感器，不动限值',
  });
  expect(propose(history(swing, { suspectShare: 0.12 }))).toMatchObject({
    kind: 'mend-sensor',
    why: '12% 的读数存疑，其间报警 8 次，先检修传感器，不动限值',
  });
  expect(propose(history(swing, { sign: { ...SIGN, isSilence: true } }))).toMatchObject({
    kind: 'mend-sensor',
    why: '数据中断报警 8 次，先检修传感器，不动限值',
  });
});

test('alarms that are short and far apart ask for a longer hold, of the levels they come to and never of red', () => {
  const blips = alarms(10, { every: 6 * HOUR, lasts: 42 * SECOND });
  expect(propose(history(blips))).toEqual({
    kind: 'add-delay',
    change: { field: 'onDelaySeconds', levels: ['blue'], from: 0, to: 50 },
    why: '10 次报警中 10 次在 5 分钟内自行恢复，九成越限不超过 42 秒，蓝色持续时间由 0 秒加长到 50 秒，这些不再报警；红色不加',
  });
  expect(propose(history(alarms(10, { every: 6 * HOUR, lasts: 42 * SECOND, peakLevel: 2 })))).toMatchObject({
    change: { levels: ['blue', 'yellow'] },
  });
  const red = alarms(4, { every: 6 * HOUR, lasts: 42 * SECOND, peakLevel: 4 });
  expect(propose(history(red))).toBeNull();
});

test('the off-delay is no part of how long a limit was past', () => {
  const sign = { ...SIGN, offDelaySeconds: 600 };
  const blips = alarms(5, { every: 6 * HOUR, lasts: 10 * MINUTE + 12 * SECOND });
  expect(propose(history(blips, { sign }))).toMatchObject({ change: { to: 20 } });
});

test('a hold is a multiple of the sampling: what is shorter cannot be observed', () => {
  const blips = alarms(5, { every: 6 * HOUR, lasts: 4 * MINUTE });
  expect(propose(history(blips, { periodSeconds: 300 }))).toMatchObject({ change: { to: 300 } });
});

test('what stands for days asks for its limit to be looked at', () => {
  const standing = [{ raisedAt: 2 * DAY, normalAt: null, peakLevel: 1, excursion: 3, returned: null }];
  expect(propose(history(standing))).toEqual({
    kind: 'review-limit',
    change: null,
    why: '连续报警最长 28 天，30 天里共 28 天在报警，限值已不起作用：复核限值，设备不用的停用',
  });
});

test('many long alarms say that the limit is everyday life; a few say nothing', () => {
  expect(propose(history(alarms(12, { every: DAY, lasts: 2 * HOUR })))).toMatchObject({
    kind: 'review-limit',
    why: '30 天报警 12 次，每次约 120 分钟，既不抖动也不短暂：限值可能偏严，请复核',
  });
  expect(propose(history(alarms(4, { every: DAY, lasts: 2 * HOUR })))).toBeNull();
});

test('a sign that cannot be changed this way is only mended or looked at', () => {
  expect(propose(history(alarms(8, { every: MINUTE, lasts: 20 * SECOND }), { sign: null }))).toBeNull();
});

test('a dead-band that is wide enough already is left alone', () => {
  const sign = { ...SIGN, deadband: 2, levels: [] };
  expect(propose(history(alarms(8, { every: MINUTE, lasts: 20 * SECOND }), { sign }))).toBeNull();
});

test('a change is laid over the sign, and only where it is stricter than what stands', () => {
  const cell = (onDelaySeconds: number) => ({ limit: 10, onDelaySeconds });
  const sign = {
    code: 'FLOOD.S06',
    deadband: 1,
    levels: { blue: cell(0), yellow: cell(120), red: cell(0) },
  } as unknown as Sign;
  expect(changeSign(sign, { field: 'deadband', from: 1, to: 3, unit: 'cm' })).toMatchObject({
    deadband: 3,
    levels: sign.levels,
  });
  expect(
    changeSign(sign, { field: 'onDelaySeconds', levels: ['blue', 'yellow', 'orange'], from: 0, to: 60 })
      .levels,
  ).toEqual({ blue: cell(60), yellow: cell(120), red: cell(0) });
});

test.each([
  [[], 0.5, undefined],
  [[3], 0.9, 3],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
  [[4, 1, 3, 2], 0.5, 2],
])('of %j, %d do not exceed', (values, share, found) => {
  expect(quantile(values, share)).toBe(found);
});
