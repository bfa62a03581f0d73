import {
  answerBytes,
  exceptionOf,
  parseRegister,
  planReads,
  type Register,
  valueIn,
} from '#protocols/modbus';

import { spoilText } from './spoil.ts';
import { below, check, type FuzzTally, pick, type Random } from './target.ts';

const KEYS: readonly [string, ...string[]] = [
  'coil:5',
  'discrete:65535',
  'holding:100:float32:CDAB',
  'holding:101:uint32!4294967295',
  'input:3:int16!9999!-9999',
  'input:4:float32:DCBA!-9999.5',
];
const MOST_AT_ONCE = 30;
const MOST_WORDS = 125;
const MOST_BITS = 2000;
const LAST_ADDRESS = 65_535;

/**
 * Register keys, spoilt, and answers of any bytes: a key is read or refused, requests stay within what Modbus allows and cover every
 * register, and each value is a finite number or none.
 */
export function fuzzModbus(rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const registers: Register[] = [];
    for (let n = below(random, MOST_AT_ONCE); n > 0; n -= 1) {
      const key = pick(random, KEYS).replace(/\d+/u, () => String(below(random, 400)));
      const register = parseRegister(random() < 0.5 ? key : spoilText(key, random));
      tally[register ? 'frames' : 'refused'] += 1;
      if (register) registers.push(register);
    }
    const ranges = planReads(registers);
    const planned = ranges.flatMap((range) => range.registers);
    check(planned.length === registers.length, '每个寄存器都读到', JSON.stringify(registers));
    for (const range of ranges) {
      const isBits = range.table === 'coil' || range.table === 'discrete';
      const isWithin = range.start + range.count - 1 <= LAST_ADDRESS;
      check(isWithin && range.count <= (isBits ? MOST_BITS : MOST_WORDS), '请求合规', JSON.stringify(range));
      const data = Uint8Array.from({ length: answerBytes(range) }, () =>
        random() < 0.3 ? 0xff : below(random, 256),
      );
      for (const register of range.registers) {
        const value = valueIn(range, data, register);
        check(value === undefined || Number.isFinite(value), '读数是有限的数', data);
        tally.frames += 1;
      }
    }
    check(exceptionOf(below(random, 256)) !== undefined, '每个异常码都有名字', '');
  }
  return tally;
}
