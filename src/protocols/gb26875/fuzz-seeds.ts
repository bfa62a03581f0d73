import { fromBeijing } from '#base';

import { encodeMessage } from './messages.ts';
import { COMMAND, UNIT } from './tables.ts';
import { timeTag } from './time-tag.ts';
import { unitOf } from './unit.ts';

const AT = fromBeijing(2026, 8, 29, 9 * 3_600_000);
const said = { serial: 0x4040, source: '404023234040', target: '000000000000', at: AT };

/** 各种单元，其中有“@@”“##”、空单元、注册包与不带时间的心跳。 */
export const SEEDS = [
  unitOf(UNIT.componentState, [
    {
      systemType: 1,
      systemAddress: 1,
      componentType: 42,
      componentAddress: 0x40404040,
      state: 2,
      description: Uint8Array.of(0x40, 0x40, 0x23, 0x23),
      time: timeTag(AT),
    },
  ]),
  unitOf(UNIT.systemState, [{ systemType: 1, systemAddress: 1, state: 0x2323, time: timeTag(AT) }]),
  unitOf(UNIT.gatewayState, [{ gatewayState: 1 }]),
  unitOf(UNIT.gatewayConfig, [{ text: Uint8Array.of(0x40, 0x40) }]),
  Uint8Array.of(UNIT.register),
  new Uint8Array(0),
  new Uint8Array(300).fill(0x40),
].map((unit, at) => encodeMessage({ ...said, serial: said.serial + at }, COMMAND.send, unit));
