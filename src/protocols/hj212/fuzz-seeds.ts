import { fromBeijing } from '#base';

import { encodeText } from './coding.ts';
import { dataAnswer, encodeFrame, encodeUpload } from './encode.ts';
import type { Item } from './segment.ts';
import { parseSegment } from './segment.ts';

const AT = fromBeijing(2026, 8, 1, 8 * 3_600_000);
const MN = '010000A8900016F000169DC0';
const PM: readonly Item[] = [
  ['a34004-Rtd', '0.035'],
  ['a34004-Flag', 'N'],
];
const UPLOAD = { mn: MN, st: '39', pw: '123456', observedAt: AT, sentAt: AT } as const;

const asked = parseSegment(
  encodeText(`QN=20260801000000000;ST=39;CN=2011;PW=1;MN=${MN};Flag=5;CP=&&&&`, 'utf-8'),
);
const OLD: readonly Item[] = [
  ['ST', '31'],
  ['CN', '2061'],
  ['QN', '20260801000000000'],
  ['PW', '123456'],
  ['MN', '88888880000001'],
  ['PNO', '1'],
  ['PNUM', '2'],
];

/** 实时、分钟、长包、无因子、2005 写法、带中文的与应答。 */
export const SEEDS: readonly Uint8Array[] = [
  encodeUpload({ ...UPLOAD, cn: '2011', groups: [PM] }),
  encodeUpload({ ...UPLOAD, cn: '2051', groups: Array.from({ length: 12 }, () => PM) }),
  encodeUpload({ ...UPLOAD, cn: '3020', groups: [[['i12001-Info', '采样泵正常##0001']]] }),
  encodeFrame({
    fields: OLD,
    groups: [
      [
        ['DataTime', '20260801000000'],
        ['B01-Avg', '1.5'],
      ],
    ],
    trailingSemicolon: true,
    coding: 'utf-8',
  }),
  encodeFrame(
    { fields: OLD, groups: [], trailingSemicolon: false, coding: 'utf-8' },
    { terminator: '\n', crcCase: 'lower' },
  ),
  ...(asked.kind === 'segment' ? [dataAnswer(asked.segment)] : []),
];
