/** 标准 6.2.3.1：CRC-16，多项式 X16+X15+X2+1（反射 0xA001），初值 FFFF，校验码前所有字节参与，高位字节在前。 */
const POLYNOMIAL = 0xa001;
export const CRC_INIT = 0xffff;

const TABLE = Uint16Array.from({ length: 256 }, (_, index) => {
  let register = index;
  for (let bit = 0; bit < 8; bit += 1) {
    register = (register & 1) === 0 ? register >>> 1 : (register >>> 1) ^ POLYNOMIAL;
  }
  return register;
});

/** 寄存器再吃一个字节。 */
export const crcStep = (register: number, byte: number): number =>
  (register >>> 8) ^ (TABLE[(register ^ byte) & 0xff] ?? 0);

/** `from`–`to` 的校验码。 */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let register = CRC_INIT;
  for (let at = from; at < to; at += 1) register = crcStep(register, bytes[at] ?? 0);
  return register;
}

/** `crc16` 写成报文里的四位大写十六进制。 */
export const crcText = (crc: number): string => crc.toString(16).toUpperCase().padStart(4, '0');

/** 第 k 个：寄存器吃掉 2^k 个零字节的线性变换，按位给出 16 个像。 */
const ZEROS: readonly Uint16Array[] = zeroMaps(17);

function zeroMaps(count: number): Uint16Array[] {
  const one = Uint16Array.from({ length: 16 }, (_, bit) => crcStep(1 << bit, 0));
  const maps = [one];
  for (let map = one; maps.length < count; maps.push(map)) {
    const half = map;
    map = half.map((image) => imageOf(half, image));
  }
  return maps;
}

function imageOf(map: Uint16Array, register: number): number {
  let image = 0;
  for (let bits = register; bits !== 0; bits &= bits - 1) image ^= map[31 - Math.clz32(bits & -bits)] ?? 0;
  return image;
}

/**
 * 寄存器吃掉 `count` 个零字节之后的值（`count` < 2^17）。CRC 是线性的，所以任意一段的校验码可以由两个前缀算出，
 * 不必重走这一段：`前缀(to) ^ afterZeros(前缀(from) ^ 初值, to - from)`。
 */
export function afterZeros(register: number, count: number): number {
  let image = register;
  for (let rest = count, power = 0; rest !== 0; rest >>>= 1, power += 1) {
    const map = ZEROS[power];
    if ((rest & 1) === 1 && map !== undefined) image = imageOf(map, image);
  }
  return image;
}
