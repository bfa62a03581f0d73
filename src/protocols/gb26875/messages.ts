import { type Address, encodeFrame, type Frame } from './frame.ts';
import { COMMAND, UNIT } from './tables.ts';
import { timeTag } from './time-tag.ts';
import { unitOf } from './unit.ts';

const NOTHING = new Uint8Array(0);

/** 标准规定的主版本；用户版本由我们定。 */
const VERSION_MAIN = 1;
const VERSION_USER = 1;

type Heard = Pick<Frame, 'serial' | 'versionMain' | 'versionUser' | 'source' | 'target'>;

/** 确认（命令 3）：同流水号，源与目的地址对调，没有应用数据单元。只应在数据落盘之后发出。 */
export const confirm = (heard: Heard, at: number): Uint8Array => reply(heard, COMMAND.confirm, at);

/** 否认（命令 6）：校验没通过，请设备重发。 */
export const deny = (heard: Heard, at: number): Uint8Array => reply(heard, COMMAND.deny, at);

function reply(heard: Heard, command: number, at: number): Uint8Array {
  const { serial, versionMain, versionUser, source, target } = heard;
  return encodeFrame({
    serial,
    versionMain,
    versionUser,
    sentAt: timeTag(at),
    source: target,
    target: source,
    command,
    unit: NOTHING,
  });
}

/** 一句主动说的话：`at` 是发出的时刻（纪元毫秒）。 */
export interface Said {
  readonly serial: number;
  readonly source: Address;
  readonly target: Address;
  readonly at: number;
}

/** 主动发一个应用数据单元。 */
export function encodeMessage(said: Said, command: number, unit: Uint8Array): Uint8Array {
  const { serial, source, target, at } = said;
  return encodeFrame({
    serial,
    versionMain: VERSION_MAIN,
    versionUser: VERSION_USER,
    sentAt: timeTag(at),
    source,
    target,
    command,
    unit,
  });
}

/** 同步用户信息传输装置时钟（类型 90）为 `at`。 */
export const setClockUnit = (at: number): Uint8Array => unitOf(UNIT.setClock, [{ time: timeTag(at) }]);

/** 查岗（类型 91）：值班人员须在 `minutes`（1–255）分钟内应答。 */
export const checkDutyUnit = (minutes: number): Uint8Array => unitOf(UNIT.checkDuty, [{ minutes }]);

/** 读用户信息传输装置运行状态（类型 81）。 */
export const readGatewayStateUnit = (): Uint8Array => unitOf(UNIT.readGatewayState, [{ reserved: 0 }]);
