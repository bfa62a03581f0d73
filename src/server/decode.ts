/**
 * `npm run decode -- <协议> [文件|-]`：一行一帧（文字或十六进制），逐帧打印一行 JSON
 * `{"accept","reason","decode"}`。被拒收的帧也是正常输出（退出码 0）；参数用不了时退出码 2。
 */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { inspect as inspectGb26875 } from '#protocols/gb26875';
import { inspect as inspectHj212 } from '#protocols/hj212';
import { inspect as inspectSl651 } from '#protocols/sl651';

const USAGE = '用法：npm run decode -- <hj212|sl651|gb26875|cap> [文件|-]';

interface Inspection {
  readonly accept: boolean;
  readonly reason: string | null;
  readonly decode: object | null;
}

/** 一行字节 → 里面每一帧的体检。 */
type Inspect = (bytes: Uint8Array) => readonly Inspection[];

const INSPECTORS: ReadonlyMap<string, Inspect> = new Map<string, Inspect>([
  ['hj212', inspectHj212],
  ['sl651', inspectSl651],
  ['gb26875', inspectGb26875],
]);
const LATER: ReadonlySet<string> = new Set(['cap']);

function unusable(sentence: string): never {
  process.stderr.write(`${sentence}\n${USAGE}\n`);
  process.exit(2);
}

function chooseInspector(protocol: string | undefined): Inspect {
  if (protocol === undefined) unusable('没有说明是哪个协议。');
  const inspect = INSPECTORS.get(protocol);
  if (inspect !== undefined) return inspect;
  const able = [...INSPECTORS.keys()].join('、');
  if (LATER.has(protocol)) unusable(`本版还不能解读 ${protocol}，目前能解读：${able}。`);
  return unusable(`不认识协议“${protocol}”。`);
}

function chooseInput(source = '-', ...rest: readonly string[]): Readable {
  if (rest.length > 0) unusable(`多余的参数：${rest.join(' ')}`);
  return source === '-' ? process.stdin : createReadStream(source);
}

const HEX_LINE = /^(?:[0-9a-f]{2}[\s,]*)+$/i;

/** 全由十六进制字节组成的一行按字节读；“##”不是十六进制字符，所以不会与文字帧混淆。 */
function lineBytes(line: string): Uint8Array {
  const compact = line.replaceAll(/0x/gi, '').trim();
  return HEX_LINE.test(compact)
    ? Buffer.from(compact.replaceAll(/[\s,]/g, ''), 'hex')
    : Buffer.from(line, 'latin1');
}

async function decode(inspect: Inspect, input: Readable): Promise<void> {
  input.setEncoding('latin1');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    for (const { accept, reason, decode } of inspect(lineBytes(line))) {
      const written = process.stdout.write(`${JSON.stringify({ accept, reason, decode })}\n`);
      if (!written) await once(process.stdout, 'drain');
    }
  }
}

// 下游先关（如 `| head`）是正常的结束。
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const [protocol, ...rest] = process.argv.slice(2);
const inspect = chooseInspector(protocol);
const input = chooseInput(...rest);
try {
  await decode(inspect, input);
} catch (error) {
  unusable(`读不到输入：${error instanceof Error ? error.message : String(error)}`);
}
