/** 报文帧控制字符（表 10）。 */
export const HEAD = 0x7e;
/** ASCII 字符编码的帧起始。 */
export const SOH = 0x01;
export const STX = 0x02;
export const SYN = 0x16;

/** 报文结束符：上行 ETX、ETB（表 20、22），下行其余（表 21、23）。 */
export const ENDS = { ETX: 0x03, ETB: 0x17, ENQ: 0x05, ACK: 0x06, NAK: 0x15, EOT: 0x04, ESC: 0x1b } as const;
export type End = keyof typeof ENDS;

const END_NAMES: ReadonlyMap<number, End> = new Map(
  (Object.keys(ENDS) as End[]).map((name) => [ENDS[name], name]),
);

export const endName = (byte: number | undefined): End | undefined =>
  byte === undefined ? undefined : END_NAMES.get(byte);

/** 报文起始符以前（含）的字节数：7E7E、中心站 1、遥测站 5、密码 2、功能码 1、标识及长度 2、STX/SYN。 */
export const HEADER_BYTES = 14;
/** 报文结束符 1、校验码 2。 */
export const TAIL_BYTES = 3;
/** 包总数及序列号（高 12 位、低 12 位），在声明的长度之内。 */
export const PACKET_BYTES = 3;
