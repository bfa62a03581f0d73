import { timesBody } from './answers.ts';
import { bcdByte, hexBytes } from './bcd.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { stationTime } from './station-clock.ts';
import type { TimeStep } from './value.ts';

/** 要素与它的数据定义，如 `{ id: '20', definition: 0x19 }`；`id` 可以是厂家扩展 `FFxx`。 */
export interface ElementIdentifier {
  readonly id: string;
  readonly definition: number;
}

/** 中心站发起的命令。时刻一律是纪元毫秒。 */
export type StationCommand =
  /** 37H：所有要素的最新值。 */
  | { readonly kind: 'query-now' }
  /** 38H：一个要素的时段数据；起止取到小时（表 44）。 */
  | {
      readonly kind: 'query-period';
      readonly begin: number;
      readonly end: number;
      readonly step: TimeStep;
      readonly element: ElementIdentifier;
    }
  /** 36H：拍一张图片发来。 */
  | { readonly kind: 'query-picture' }
  /** 39H：最近一次人工置数。 */
  | { readonly kind: 'query-text' }
  /** 3AH：指定要素的最新值。 */
  | { readonly kind: 'query-elements'; readonly elements: readonly ElementIdentifier[] }
  /** 4AH：以发报时间校时。 */
  | { readonly kind: 'set-clock' }
  /** 51H：遥测站的时钟在回答的发报时间里。 */
  | { readonly kind: 'read-clock' };

export const COMMAND_CODES: Readonly<Record<StationCommand['kind'], number>> = {
  'query-now': 0x37,
  'query-period': 0x38,
  'query-picture': 0x36,
  'query-text': 0x39,
  'query-elements': 0x3a,
  'set-clock': 0x4a,
  'read-clock': 0x51,
};

/** 命令的字节；`to` 取自该站最近一帧上行报文。流水号为 0（6.6.2.4）。 */
export function encodeCommand(
  to: Pick<Frame, 'centre' | 'station' | 'password'>,
  command: StationCommand,
  at: number,
): Uint8Array {
  const { centre, station, password } = to;
  const body = Uint8Array.of(...timesBody(0, at), ...contentOf(command));
  const code = COMMAND_CODES[command.kind];
  return encodeFrame({
    direction: 'down',
    centre,
    station,
    password,
    code,
    packet: undefined,
    body,
    end: 'ENQ',
  });
}

function contentOf(command: StationCommand): readonly number[] {
  if (command.kind === 'query-elements') return command.elements.flatMap(elementBytes);
  if (command.kind !== 'query-period') return [];
  const { begin, end, step, element } = command;
  return [...stationTime(begin, 4), ...stationTime(end, 4), ...stepBytes(step), ...elementBytes(element)];
}

const stepBytes = ({ days, hours, minutes }: TimeStep): number[] => [
  0x04,
  0x18,
  ...[days, hours, minutes].map(bcdByte),
];

function elementBytes({ id, definition }: ElementIdentifier): number[] {
  const bytes = hexBytes(id);
  if (bytes === undefined || bytes.length === 0) throw new RangeError(`“${id}”不是 SL 651 的标识符`);
  return [...bytes, definition];
}
