import { expect, test } from 'vitest';
import { encodeText } from './coding.ts';
import { parseSegment } from './segment.ts';

const parse = (text: string): ReturnType<typeof parseSegment> => parseSegment(encodeText(text));

test.each([
  ['没有数据区', 'QN=1;ST=39', 'no-data-area'],
  ['没有收尾', 'QN=1;CP=&&DataTime=1', 'missing-end'],
  ['收尾不全', 'QN=1;CP=&&DataTime=1&', 'missing-end'],
  ['只有开头', 'QN=1;CP=&&', 'missing-end'],
  ['头里有一项没有等号', 'QN;CP=&&&&', 'bad-item'],
  ['数据区有一项没有等号', 'QN=1;CP=&&a34004-Rtd&&', 'bad-item'],
  ['等号前没有名', 'QN=1;CP=&&=5&&', 'bad-item'],
  ['含控制字符', 'QN=1\u0000;CP=&&&&', 'bad-character'],
  ['2025 密文', 'QN=1;CN=2011;Flag=9;CP=&&681edf34d206965e86b3e94f536e4246&&', 'encrypted-data-area'],
  [
    '2025 密文（Base64）',
    'QN=1;CN=2011;Flag=9;CP=&&aB3dE5g7aB3dE5g7aB3dE5g7aB3dE5==&&',
    'encrypted-data-area',
  ],
])('%s：拒收，理由有名', (_name, text, reason) => {
  expect(parse(text)).toEqual({ kind: 'refused', reason });
});

test('字段按名取、不分大小写、不管次序；空项忽略', () => {
  const outcome = parse('st=39;MN=A;;PW=;FLAG=7;CN=2011;CP=&&DataTime=1;;a-Rtd=1,,a-Flag=N;&&');
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  const { st, mn, pw, qn, flag, groups, trailingSemicolon } = outcome.segment;
  expect([st, mn, pw, qn]).toEqual(['39', 'A', '', undefined]);
  expect(flag).toEqual({ value: 7, version: 1, split: true, needsAnswer: true });
  expect(groups).toEqual([
    [['DataTime', '1']],
    [
      ['a-Rtd', '1'],
      ['a-Flag', 'N'],
    ],
  ]);
  expect(trailingSemicolon).toBe(true);
});
