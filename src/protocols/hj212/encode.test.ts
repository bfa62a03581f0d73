import { expect, test } from 'vitest';
import { encodeText } from './coding.ts';
import { dataAnswer, encodeUpload, noticeAnswer, requestAnswer, resultAnswer } from './encode.ts';
import { parseSegment, type Segment } from './segment.ts';

function segment(text: string): Segment {
  const outcome = parseSegment(encodeText(text));
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.segment;
}

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const upload = (flag: string): Segment =>
  segment(
    `QN=20160801085857534;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=${flag};CP=&&DataTime=20160801080000&&`,
  );

test('9014 与附录 C.50 一致：同 QN、PW、MN，Flag=4，数据区为空', () => {
  expect(text(dataAnswer(upload('5')))).toBe(
    '##0087QN=20160801085857534;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&5B40\r\n',
  );
});

test('版本位跟着来帧：2025 答 Flag=8，2005 答 Flag=0', () => {
  expect(text(dataAnswer(upload('9')))).toContain(';Flag=8;CP=&&&&');
  expect(text(dataAnswer(upload('1')))).toContain(';Flag=0;CP=&&&&');
});

test('2005 年的报文没有 QN 时应答里也不编造', () => {
  const asked = segment('ST=31;CN=2051;PW=123456;MN=756877X7916010;Flag=3;CP=&&DataTime=20180303102200&&');
  expect(text(dataAnswer(asked))).toMatch(/^##\d{4}ST=91;CN=9014;PW=123456;MN=756877X7916010;Flag=0;CP=&&&&/);
});

test('9011、9012 与附录 C.1 一致，9013 答通知', () => {
  const asked = segment(
    'QN=20160801085857223;ST=32;CN=1000;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&',
  );
  expect(text(requestAnswer(asked, 1))).toContain('Flag=4;CP=&&QnRtn=1&&1B00');
  expect(text(resultAnswer(asked, 1))).toContain('Flag=4;CP=&&ExeRtn=1&&6240');
  expect(text(noticeAnswer(asked))).toContain(';CN=9013;');
});

test('超过 1024 字节不发，请调用者分包', () => {
  const groups = Array.from({ length: 100 }, (_, at) => [[`a${10_000 + at}-Rtd`, '1'] as const]);
  const build = (): Uint8Array =>
    encodeUpload({ mn: 'A', st: '31', cn: '2011', pw: '', observedAt: 0, sentAt: 0, groups });
  expect(build).toThrow(RangeError);
});
