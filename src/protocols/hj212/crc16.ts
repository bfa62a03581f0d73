/** 帧校验的三种算法：标准自己的，以及现场误用的 Modbus（高位在前 / 高低位互换）。 */
export type CrcVariant = 'hj212' | 'modbus' | 'modbus-swapped';

const POLYNOMIAL = 0xa001;
const TABLE = remainders();

function remainders(): Uint16Array {
  const table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = (remainder & 1) === 1 ? (remainder >> 1) ^ POLYNOMIAL : remainder >> 1;
    }
    table[byte] = remainder;
  }
  return table;
}

/**
 * HJ 212-2017 附录 A 的 CRC16，`start`（含）到 `end`（不含）的字节。
 * 附录 A：寄存器先右移 8 位再与字节异或，旧的低字节被丢弃，所以它不是 Modbus CRC，且只有 256 种取值。
 */
export function crcHj212(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  let crc = 0xffff;
  for (let at = start; at < end; at += 1) {
    crc = TABLE[(crc >> 8) ^ (bytes[at] ?? 0)] ?? 0;
  }
  return crc;
}

/** CRC-16/Modbus；只用来给错误的校验码命名，或按设备档案的明示宽限验收。 */
export function crcModbus(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  let crc = 0xffff;
  for (let at = start; at < end; at += 1) {
    crc = (crc >> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc;
}

const swapBytes = (crc: number): number => ((crc & 0xff) << 8) | (crc >> 8);

const CALCULATE: Readonly<Record<CrcVariant, typeof crcHj212>> = {
  hj212: crcHj212,
  modbus: crcModbus,
  'modbus-swapped': (bytes, start, end) => swapBytes(crcModbus(bytes, start, end)),
};

export function crcOf(variant: CrcVariant, bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  return CALCULATE[variant](bytes, start, end);
}

/** 帧里的校验码是哪一种算法算出来的；都不是则 `undefined`（内容或校验码被改动过）。 */
export function nameCrc(found: number, segment: Uint8Array): CrcVariant | undefined {
  if (crcHj212(segment) === found) return 'hj212';
  const modbus = crcModbus(segment);
  if (modbus === found) return 'modbus';
  return swapBytes(modbus) === found ? 'modbus-swapped' : undefined;
}

/** 四位大写十六进制，高位在前（HJ 212-2017 表 2）。 */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
