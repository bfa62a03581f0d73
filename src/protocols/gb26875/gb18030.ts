/** 标准附带的文字是 GB 18030。解码器是语言自带的（浏览器与 Node 都有），没有输入输出。 */
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

const decoder = new TextDecoder('gb18030');

/** 认不出的字节成为 U+FFFD，从不抛错。 */
export const decodeGb18030 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** 双字节区：首字节 81–FE，次字节 40–7E、80–FE（GB 18030-2022 表 1）。 */
const LEAD_FIRST = 0x81;
const LEAD_LAST = 0xfe;
const TRAIL_FIRST = 0x40;
const TRAIL_LAST = 0xfe;
const NO_TRAIL = 0x7f;

let codes: ReadonlyMap<string, number> | undefined;

/** 双字节区的逆表，用到时由解码器逐码推出一次。 */
function reverseTable(): ReadonlyMap<string, number> {
  if (codes !== undefined) return codes;
  const table = new Map<string, number>();
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead += 1) {
    for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail += 1) {
      if (trail === NO_TRAIL) continue;
      const text = decodeGb18030(Uint8Array.of(lead, trail));
      if (!table.has(text)) table.set(text, lead * 256 + trail);
    }
  }
  codes = table;
  return table;
}

/** ASCII 与双字节区的字符（常用汉字全在其中）；其余写作“?”。 */
export function encodeGb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point < 0x80 ? point : (reverseTable().get(character) ?? 0x3f);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}
