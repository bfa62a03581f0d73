import { inspect as inspectGb26875 } from '#protocols/gb26875';
import { inspect as inspectHj212 } from '#protocols/hj212';
import { inspect as inspectSl651 } from '#protocols/sl651';

/** 一帧的体检：收不收、为什么、读出来是什么。 */
export interface Inspection {
  readonly accept: boolean;
  readonly reason: string | null;
  readonly decode: object | null;
}

/** 能解读一行字节的协议：怎么体检，读出来的东西里哪一项是设备的自称。 */
const INSPECTORS = {
  hj212: { inspect: inspectHj212, codeAt: ['header', 'MN'] },
  sl651: { inspect: inspectSl651, codeAt: ['station'] },
  gb26875: { inspect: inspectGb26875, codeAt: ['source_bytes'] },
} as const satisfies Readonly<
  Record<string, { inspect: (bytes: Uint8Array) => readonly Inspection[]; codeAt: readonly string[] }>
>;

export type ReadableProtocol = keyof typeof INSPECTORS;
export const READABLE_PROTOCOLS = Object.keys(INSPECTORS) as ReadableProtocol[];

export const isReadable = (protocol: string): protocol is ReadableProtocol => protocol in INSPECTORS;

/** 一行（每个字节一个字符的文字，或十六进制）→ 里面每一帧的体检；一个字节都认不出的行也有一条。 */
export function inspectLine(protocol: ReadableProtocol, line: string): readonly Inspection[] {
  return INSPECTORS[protocol].inspect(lineBytes(line));
}

/** 这一帧说自己是谁；读不出的为 `undefined`。 */
export function codeIn(protocol: ReadableProtocol, { decode }: Inspection): string | undefined {
  let at: unknown = decode;
  for (const name of INSPECTORS[protocol].codeAt)
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof at === 'string' && at !== '' ? at : undefined;
}

const HEX_LINE = /^(?:[0-9a-f]{2}[\s,]*)+$/i;

/** 全由十六进制字节组成的一行按字节读；“##”不是十六进制字符，所以不会与文字帧混淆。 */
function lineBytes(line: string): Uint8Array {
  const compact = line.replaceAll(/0x/gi, '').trim();
  return HEX_LINE.test(compact)
    ? Buffer.from(compact.replaceAll(/[\s,]/g, ''), 'hex')
    : Buffer.from(line, 'latin1');
}
