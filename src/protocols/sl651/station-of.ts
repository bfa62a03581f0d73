import { HEAD, HEADER_BYTES, SOH } from './control.ts';
import { readHeader } from './frame.ts';

/** 坏帧（或 ASCII 编码的帧）自称是哪个站发的；只用来按设备计数，绝不能入库。报头不全为 `undefined`。 */
export function stationOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  if (bytes[0] === SOH) return String.fromCharCode(...bytes.subarray(3, 13)).toLowerCase();
  return bytes[0] === HEAD && bytes[1] === HEAD ? readHeader(bytes, 'up').station : undefined;
}
