import { expect, test } from 'vitest';
import { encodeText } from './coding.ts';
import { type FactorValue, factorValues, measuredNumber } from './readings.ts';
import { parseSegment } from './segment.ts';

function values(cn: string, area: string): FactorValue[] {
  const outcome = parseSegment(encodeText(`QN=1;ST=39;CN=${cn};PW=1;MN=A;Flag=4;CP=&&${area}&&`));
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return factorValues(outcome.segment);
}

const AT = Date.UTC(2024, 0, 1, 0, 0, 0);
const TIME = 'DataTime=20240101080000';
const primaries = (list: readonly FactorValue[]): unknown[] =>
  list.filter(({ primary }) => primary).map(({ factor, field, value }) => [factor, field, value]);

test('实时数据取 Rtd，带上标记与时刻', () => {
  expect(values('2011', `${TIME};a34004-Rtd=35.2,a34004-Flag=N`)).toEqual([
    {
      factor: 'a34004',
      field: 'Rtd',
      name: 'a34004-Rtd',
      value: 35.2,
      observedAt: AT,
      mark: 'N',
      primary: true,
      conflicting: false,
    },
  ]);
});

test('分钟、小时、日数据取 Avg，没有则 Cou，折算值只在原名之下', () => {
  const area = `${TIME};w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;a00000-Cou=9;02-ZsAvg=3`;
  for (const cn of ['2051', '2061', '2031']) {
    expect(primaries(values(cn, area))).toEqual([
      ['w00000', 'Avg', 17.5],
      ['a00000', 'Cou', 9],
    ]);
    expect(values(cn, area).map(({ name }) => name)).toContain('02-ZsAvg');
  }
});

test('噪声日数据：L5 取全天，Ld 只有昼间就取昼间', () => {
  const area = `${TIME};L5-Data=53.0;L5-DayData=52.0;Ld-DayData=52.5;Ln-NightData=49.5`;
  expect(primaries(values('2031', area))).toEqual([
    ['L5', 'Data', 53],
    ['Ld', 'DayData', 52.5],
    ['Ln', 'NightData', 49.5],
  ]);
});

test.each(['9999.999', '-999', '', 'NaN', '-', '9999', 'Infinity', '0x10', '1,5', '--1'])(
  '“%s”不是数值',
  (text) => {
    expect(measuredNumber(text)).toBeUndefined();
  },
);

test('平均值是哨兵时不拿累计值顶替', () => {
  expect(primaries(values('2051', `${TIME};w00000-Avg=-999,w00000-Cou=3`))).toEqual([]);
});

test('没有因子标记就是没有，不当作 N；全包一个 Flag 的设备，标记归全包', () => {
  expect(values('2011', `${TIME};a34001-Rtd=92`)[0]?.mark).toBeUndefined();
  expect(values('2011', `${TIME};a34001-Rtd=92;Flag=D`)[0]?.mark).toBe('D');
});

test('没有 DataTime 时用 SampleTime，两者都没有就没有时刻', () => {
  expect(values('2011', 'w01018-SampleTime=20240101080000,w01018-Rtd=4')[0]?.observedAt).toBe(AT);
  expect(values('2011', `${TIME};w01018-SampleTime=20230101080000,w01018-Rtd=4`)[0]?.observedAt).toBe(AT);
  expect(values('2011', 'w01018-Rtd=4')[0]?.observedAt).toBeUndefined();
});

test('厂家不带后缀的编码与不认识的后缀都留着', () => {
  expect(
    values('2011', `${TIME};s10003=23.2;LA-td=50.1`).map(({ name, field, primary }) => [
      name,
      field,
      primary,
    ]),
  ).toEqual([
    ['s10003', '', false],
    ['LA-td', 'td', false],
  ]);
});

test('同一项给出两个不同的值，两个都留并标为矛盾；相同的只留一个', () => {
  const list = values('2011', `${TIME};a21-Rtd=1;a21-Rtd=2;a22-Rtd=5;a22-Rtd=5`);
  expect(list.map(({ value, conflicting }) => [value, conflicting])).toEqual([
    [1, true],
    [2, true],
    [5, false],
  ]);
});

test('后缀大小写不一也认得', () => {
  expect(primaries(values('2011', `${TIME};a34004-RTD=1,a34004-FLAG=n`))).toEqual([['a34004', 'Rtd', 1]]);
  expect(values('2011', `${TIME};a34004-RTD=1,a34004-FLAG=n`)[0]?.mark).toBe('N');
});

test('不是上传数据的命令没有数值', () => {
  expect(values('9011', 'QnRtn=1')).toEqual([]);
});
