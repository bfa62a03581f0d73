/**
 * `npm run decode -- <协议> [文件|-]`：一行一帧（文字或十六进制），逐帧打印一行 JSON
 * `{"accept","reason","decode"}`。被拒收的帧也是正常输出（退出码 0）；参数用不了时退出码 2。
 */
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { inspectLine, isReadable, type ReadableProtocol, READABLE_PROTOCOLS } from '#gateways/frames';

const USAGE = '用法：npm run decode -- <hj212|sl651|gb26875|cap> [文件|-]';

const LATER: ReadonlySet<string> = new Set(['cap']);

function unusable(sentence: string): never {
  process.stderr.write(`${sentence}\n${USAGE}\n`);
  process.exit(2);
}

function chooseProtocol(protocol: string | undefined): ReadableProtocol {
  if (protocol === undefined) unusable('没有说明是哪个协议。');
  if (isReadable(protocol)) return protocol;
  const able = READABLE_PROTOCOLS.join('、');
  if (LATER.has(protocol)) unusable(`本版还不能解读 ${protocol}，目前能解读：${able}。`);
  return unusable(`不认识协议“${protocol}”。`);
}

function chooseInput(source = '-', ...rest: readonly string[]): Readable {
  if (rest.length > 0) unusable(`多余的参数：${rest.join(' ')}`);
  return source === '-' ? process.stdin : createReadStream(source);
}

async function decode(protocol: ReadableProtocol, input: Readable): Promise<void> {
  input.setEncoding('latin1');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    for (const { accept, reason, decode } of inspectLine(protocol, line)) {
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

const [wanted, ...rest] = process.argv.slice(2);
const protocol = chooseProtocol(wanted);
const input = chooseInput(...rest);
try {
  await decode(protocol, input);
} catch (error) {
  unusable(`读不到输入：${error instanceof Error ? error.message : String(error)}`);
}
