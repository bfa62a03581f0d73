import { fromBeijing } from '#base';

import { timesBody } from './answers.ts';
import { hexBytes } from './bcd.ts';
import { encodeCommand } from './commands.ts';
import { encodeFrame, type Frame } from './frame.ts';

const AT = fromBeijing(2026, 7, 1, 12 * 3_600_000);
const STATION = { centre: 1, station: '0012345678', password: '1234' };

function up(code: number, rest: string, more: Partial<Frame> = {}): Uint8Array {
  const body = Uint8Array.of(...timesBody(7, AT), ...(hexBytes(rest) ?? []));
  return encodeFrame({ direction: 'up', ...STATION, code, packet: undefined, body, end: 'ETX', ...more });
}

const HEAD = 'F1F1001234567848F0F02607011200';
/** 每种报文一帧：链路、定时、小时、均匀时段、人工、多包图片与下行。 */
export const SEEDS: readonly Uint8Array[] = [
  up(0x2f, ''),
  up(0x32, `${HEAD}2019000130392300010490FF0119000012381212684520000000C1`),
  up(0x34, `${HEAD}F4600500000014FFFFFFFFFF0000F5C0000C000C001C00310031FFFFFFFFFFFFFFFFFFFF00310031`),
  up(0x31, `${HEAD}041800000539230001049000010500FFFFFFFF`),
  up(0x35, 'F2F2512031322E333420B3AF'),
  up(0x36, `${HEAD}F3F3FFD8FFE0`, { packet: { total: 3, number: 1 }, end: 'ETB' }),
  up(0x36, '7E7E0117030216', { packet: { total: 3, number: 2 }, end: 'ETB' }),
  encodeCommand(STATION, { kind: 'query-now' }, AT),
];
