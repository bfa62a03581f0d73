import { expect, test } from 'vitest';
import { timesBody } from './answers.ts';
import { hexBytes } from './bcd.ts';
import { parseBody } from './body.ts';
import type { Frame } from './frame.ts';
import { explainBody } from './explain.ts';
import { stationValues } from './readings.ts';
import { measuredText } from './value.ts';

const NOON = Date.UTC(2026, 6, 1, 4);
const MINUTE = 60_000;
const hex = (text: string): Uint8Array => hexBytes(text) ?? new Uint8Array(0);

function report(code: number, rest: string): Frame {
  const body = Uint8Array.of(...timesBody(7, NOON), ...hex(rest));
  const station = { centre: 1, station: '0012345678', password: '1234' };
  return { direction: 'up', ...station, code, packet: undefined, body, end: 'ETX' };
}

/** `因子=值@分钟`，分钟从正午起算；没有时刻写“?”。 */
function read(code: number, rest: string): string[] | string {
  const frame = report(code, rest);
  const outcome = parseBody(frame);
  if (outcome.kind === 'refused') return outcome.reason;
  return stationValues(frame, outcome.body).map(({ factor, value, observedAt }) => {
    const at = observedAt === undefined ? '?' : String((observedAt - NOON) / MINUTE);
    return `${factor}=${value}@${at}`;
  });
}

/** 河道站，正午观测。 */
const RIVER = 'F1F1001234567848F0F02607011200';

test('定时报：字节数与小数位以数据定义为准，厂家扩展占两个字节', () => {
  expect(read(0x32, `${RIVER}2019000130392300010490FF011900001238121268`)).toEqual([
    '20=13@0',
    '39=10.49@0',
    'FF01=1.2@0',
    '38=12.68@0',
  ]);
});

test('一份报文里有几个观测时间：要素归在它前面的那一个', () => {
  expect(read(0x34, `${RIVER}2019000130F0F02607011130392300010490`)).toEqual(['20=13@0', '39=10.49@-30']);
});

test('小时报的十二个值从观测时间起每五分钟一个，非法的不出现', () => {
  const rain = read(0x34, `${RIVER}F46005FFFFFFFFFFFFFFFFFFFF14`);
  expect(rain).toEqual(['F4=0.5@0', 'F4=2@55']);
  expect(read(0x34, `${RIVER}F5C0000CFFFF001C${'FFFF'.repeat(9)}`)).toEqual(['F5=0.12@0', 'F5=0.28@10']);
});

test('均匀时段报：标识符一次，数据按步长排；全 F 的那一组没有值', () => {
  expect(read(0x31, `${RIVER}0418000005392300010490FFFFFFFF00010510`)).toEqual(['39=10.49@0', '39=10.51@10']);
  expect(read(0x38, `${RIVER}04180001001A19000010000025`)).toEqual(['1A=1@0', '1A=2.5@60']);
  expect(read(0x38, `${RIVER}0418000000F460${'05'.repeat(24)}`)).toHaveLength(24);
});

test('均匀时段报的数据凑不成整组即拒收', () => {
  expect(read(0x31, `${RIVER}04180000053923000104900001`)).toBe('bad-element');
});

test('负数、缺测、厂家填充与坏了的水位计', () => {
  expect(read(0x32, `${RIVER}762AFF00000172`)).toEqual(['76=-1.72@0']);
  expect(read(0x32, `${RIVER}3923FFFFFFFF3823AAAAAAAA3912099927120000`)).toEqual(['39=9.99@0', '27=0@0']);
});

test.each([
  ['00010490', 3, '10.490'],
  ['FF000172', 2, '-1.72'],
  ['FF0172', 2, '-1.72'],
  ['000000', 1, '0.0'],
  ['FF0000', 2, '0.00'],
  ['12', 4, '0.0012'],
  ['0012', 0, '12'],
])('%s 带 %d 位小数是 %s', (raw, decimals, text) => {
  expect(measuredText(hex(raw), decimals)).toEqual({ kind: 'value', text });
});

test.each([
  ['FFFFFF', 'all-f'],
  ['AAAAAA', 'all-a'],
  ['AA0012', 'not-bcd'],
  ['FFFF12', 'not-bcd'],
  ['00A1', 'not-bcd'],
])('%s 不是数：%s', (raw, why) => {
  expect(measuredText(hex(raw), 1)).toEqual({ kind: 'none', why });
});

test('坏了的水位计报 9999.999：读得出，不算读数', () => {
  expect(read(0x32, `${RIVER}392309999999`)).toEqual([]);
  expect(explainBody(report(0x32, `${RIVER}392309999999`))).toMatchObject({
    elements: [{ value: '9999.999' }],
  });
});

test('状态字逐位可用：查询状态没有观测时间，取发报时间', () => {
  const bits = read(0x46, 'F1F10012345678452000000482');
  expect(bits).toHaveLength(12);
  expect(bits).toEqual(
    expect.arrayContaining(['45.0=0@0', '45.1=1@0', '45.7=1@0', '45.10=1@0', '45.11=0@0']),
  );
});

test('一份报文里有两个站：各归各的', () => {
  const frame = report(0x32, `${RIVER}2019000130F1F1001234567944F0F02607011155190804`);
  const outcome = parseBody(frame);
  const values = outcome.kind === 'body' ? stationValues(frame, outcome.body) : [];
  expect(values.map(({ station, factor }) => `${station} ${factor}`)).toEqual([
    '0012345678 20',
    '0012345679 19',
  ]);
});

test('测试报、链路维持报、人工置数与下行都没有读数', () => {
  expect(read(0x30, `${RIVER}2019000130`)).toEqual([]);
  expect(read(0x2f, '')).toEqual([]);
  expect(read(0x35, 'F2F25120312E323334')).toEqual([]);
  const down = { ...report(0x32, `${RIVER}2019000130`), direction: 'down' as const };
  const outcome = parseBody(down);
  expect(outcome.kind === 'body' ? stationValues(down, outcome.body) : undefined).toEqual([]);
});

test('时刻不成立或没有编观测时间：值在，时刻没有', () => {
  expect(read(0x32, 'F1F1001234567848F0F026023011002019000130')).toEqual(['20=13@?']);
  expect(read(0x32, '2019000130')).toEqual(['20=13@?']);
});

test('要素的数据超出正文即拒收', () => {
  expect(read(0x32, `${RIVER}39230001`)).toBe('bad-element');
  expect(read(0x32, `${RIVER}FF`)).toBe('bad-element');
});

test.each([
  ['UTF-8', 'E59D9DE58D88', '坝午'],
  ['GBK', 'B0D3CEE7', '坝午'],
])('人工置数的文字：%s', (_, text, words) => {
  expect(explainBody(report(0x35, `F2F2${text}`))).toMatchObject({ manual_text: words });
});
