/**
 * `npm run decode -- hj212 [文件|-]`：一行一帧（文字或十六进制），逐帧打印一行 JSON
 * `{"accept","reason","decode"}`。被拒收的帧也是正常输出（退出码 0）；参数用不了时退出码 2。
 */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { inspect } from '#protocols/hj212';

const USAGE = '用法：npm run decode -- <hj212|sl651|gb26875|cap> [文件|-]';
const LATER: ReadonlySet<string> = new Set(['sl651', 'gb26875', 'cap']);

function unusable(sentence: string): never {
  process.stderr.write(`${sentence}\n${USAGE}\n`);
  process.exit(2);
}

function chooseInput(protocol: string | undefined, source = '-', ...rest: readonly string[]): Readable {
  if (protocol === undefined) unusable('没有说明是哪个协议。');
  if (LATER.has(protocol)) unusable(`本版还不能解读 ${protocol}，目前只解读 hj212。`);
  if (protocol !== 'hj212') unusable(`不认识协议“${protocol}”。`);
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

async function decode(input: Readable): Promise<void> {
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
const input = chooseInput(protocol, ...rest);
try {
  await decode(input);
} catch (error) {
  unusable(`读不到输入：${error instanceof Error ? error.message : String(error)}`);
}
