import { hexBytes, hexText } from './bcd.ts';
import { type End, ENDS, HEAD, HEADER_BYTES, PACKET_BYTES, STX, SYN, TAIL_BYTES } from './control.ts';
import { crc16 } from './crc16.ts';

export type Direction = 'up' | 'down';

/** 多包传输（M3）的包总数与本包序列号，1–4095。 */
export interface Packet {
  readonly total: number;
  readonly number: number;
}

/** 一帧（HEX/BCD 编码，表 20–23）。校验码不在其中：收下的必是对的，发出的现算。 */
export interface Frame {
  readonly direction: Direction;
  /** 中心站地址，0–255。 */
  readonly centre: number;
  /** 遥测站地址，10 位小写十六进制（后 4 位可能是 HEX 码，见 6.2.3.2 b）。 */
  readonly station: string;
  /** 4 位大写十六进制。 */
  readonly password: string;
  /** 功能码。 */
  readonly code: number;
  /** 报文起始符是 SYN 时才有。 */
  readonly packet: Packet | undefined;
  /** 报文正文，不含包总数及序列号。 */
  readonly body: Uint8Array;
  readonly end: End;
}

/** 功能码、标识符在界面与因子表里的写法：`32`、`F4`。 */
export const codeText = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0');

/** 一帧的字节，校验码在末尾。站址或密码不是十六进制、正文超长即抛错（是程序的错，不是数据的错）。 */
export function encodeFrame(frame: Frame): Uint8Array {
  const { direction, packet, body } = frame;
  const declared = body.length + (packet === undefined ? 0 : PACKET_BYTES);
  const longest = packet !== undefined && direction === 'up' ? 0xffff : 0xfff;
  if (declared > longest) throw new RangeError(`SL 651 报文正文 ${declared} 字节，超过 ${longest}`);
  const bytes = new Uint8Array(HEADER_BYTES + declared + TAIL_BYTES);
  bytes.set([HEAD, HEAD]);
  bytes.set(addressBytes(frame), 2);
  bytes.set(fixedBytes(frame.password, 2), 8);
  bytes[10] = frame.code;
  bytes[11] = (declared >> 8) | (direction === 'up' ? 0 : 0x80);
  bytes[12] = declared & 0xff;
  bytes[13] = packet === undefined ? STX : SYN;
  if (packet !== undefined) bytes.set(packetBytes(packet), HEADER_BYTES);
  const end = HEADER_BYTES + declared;
  bytes.set(body, end - body.length);
  bytes[end] = ENDS[frame.end];
  const crc = crc16(bytes, 0, end + 1);
  bytes.set([crc >> 8, crc & 0xff], end + 1);
  return bytes;
}

/** 上行中心站在前，下行遥测站在前（表 11、表 12）。 */
function addressBytes({ direction, centre, station }: Frame): Uint8Array {
  const address = fixedBytes(station, 5);
  return direction === 'up' ? Uint8Array.of(centre, ...address) : Uint8Array.of(...address, centre);
}

function fixedBytes(text: string, length: number): Uint8Array {
  const bytes = hexBytes(text);
  if (bytes?.length !== length) throw new RangeError(`SL 651 的“${text}”应是 ${length * 2} 位十六进制`);
  return bytes;
}

const packetBytes = ({ total, number }: Packet): number[] => [
  total >> 4,
  ((total & 15) << 4) | (number >> 8),
  number & 0xff,
];

/** 包总数及序列号的三个字节。 */
export function readPacket(bytes: Uint8Array, at: number): Packet {
  const [high = 0, middle = 0, low = 0] = bytes.subarray(at, at + PACKET_BYTES);
  return { total: (high << 4) | (middle >> 4), number: ((middle & 15) << 8) | low };
}

/** 报头的各项；`bytes` 从 7E7E 起，至少有报头那么长。 */
export function readHeader(
  bytes: Uint8Array,
  direction: Direction,
): Pick<Frame, 'direction' | 'centre' | 'station' | 'password' | 'code'> {
  const up = direction === 'up';
  return {
    direction,
    centre: bytes[up ? 2 : 7] ?? 0,
    station: hexText(bytes.subarray(up ? 3 : 2, up ? 8 : 7)).toLowerCase(),
    password: hexText(bytes.subarray(8, 10)),
    code: bytes[10] ?? 0,
  };
}
