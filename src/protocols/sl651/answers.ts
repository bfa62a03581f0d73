import { encodeFrame, type Frame } from './frame.ts';
import { stationTime } from './station-clock.ts';

/** 确认之后：`stay` 让遥测站保持在线（ESC），`leave` 让它退出通信（EOT），省电的站用后者。 */
export type AfterAnswer = 'stay' | 'leave';

/**
 * 对一帧上行报文的确认（表 21；多包为表 23，序列号是包总数）。流水号照抄，时间是中心站的；
 * 上行以 ETB 结束的还有后续报文，以 ACK 答（表 10）。链路维持报没有下行报文，为 `undefined`。
 */
export function acknowledge(
  frame: Frame,
  serial: number,
  at: number,
  after: AfterAnswer = 'stay',
): Uint8Array | undefined {
  if (frame.code === LINK_KEEPING || frame.direction === 'down') return undefined;
  const { packet } = frame;
  const more = packet === undefined && frame.end === 'ETB';
  return encodeFrame({
    ...frame,
    direction: 'down',
    packet: packet && { total: packet.total, number: packet.total },
    body: timesBody(serial, at),
    end: more ? 'ACK' : after === 'stay' ? 'ESC' : 'EOT',
  });
}

/** 要求重发多包报文的第 `missing` 包；一次只点一包（表 19 注 a）。 */
export function requestAgain(frame: Frame, missing: number, serial: number, at: number): Uint8Array {
  const total = frame.packet?.total ?? missing;
  const body = timesBody(serial, at);
  return encodeFrame({ ...frame, direction: 'down', packet: { total, number: missing }, body, end: 'NAK' });
}

export const LINK_KEEPING = 0x2f;

/** 流水号与发报时间：每份正文的开头，确认帧的全部。 */
export const timesBody = (serial: number, at: number): Uint8Array =>
  Uint8Array.of(serial >> 8, serial & 0xff, ...stationTime(at, 6));
