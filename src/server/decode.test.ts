import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('decode.ts', import.meta.url));
const ANNEX_A =
  '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80';

function decode(
  args: readonly string[],
  input = '',
): { status: number | null; lines: unknown[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    input,
    encoding: 'utf8',
  });
  const lines: unknown[] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { status, lines, stderr };
}

test('文字与十六进制各占一行，逐帧一行 JSON；拒收的帧也正常退出', () => {
  const hex = Buffer.from(`${ANNEX_A}\r\n`).toString('hex');
  const bad = ANNEX_A.replace('1C80', '1C08');
  const { status, lines } = decode(
    ['hj212', '-'],
    `${ANNEX_A}\r\n\n${hex}\n${bad}\nhello\n${ANNEX_A}${ANNEX_A}`,
  );
  expect(status).toBe(0);
  const good = {
    accept: true,
    reason: null,
    decode: { header: { CN: '1062' }, cp_fields: { RtdInterval: '30' } },
  };
  expect(lines).toMatchObject([
    good,
    good,
    { accept: false, reason: 'crc-mismatch', decode: { header: { CN: '1062' } } },
    { accept: false, reason: 'no-header', decode: null },
    good,
    good,
  ]);
});

test.each([
  [[], '没有说明是哪个协议'],
  [['cap', '-'], '还不能解读 cap'],
  [['modbus'], '不认识协议'],
  [['hj212', '-', '多'], '多余的参数'],
  [['hj212', '/不存在的文件'], '读不到输入'],
])('参数 %j 用不了：退出码 2，说明原因与用法', (args, sentence) => {
  const { status, stderr } = decode(args);
  expect(status).toBe(2);
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('用法：npm run decode');
});

test('消防数据包按十六进制读；单独一个应用数据单元也读得出', () => {
  const heartbeat = '404001000120000000000000B223966040010000000000000300021501014A2323';
  const { status, lines } = decode(
    ['gb26875', '-'],
    `${heartbeat}\n150108040009020715\n1501\n${heartbeat.replace('4A2323', '4B2323')}\n`,
  );
  expect(status).toBe(0);
  expect(lines).toMatchObject([
    { accept: true, reason: null, decode: { source_bytes: 'B22396604001', app: { type: 21 } } },
    { accept: true, reason: null, decode: { objects: [{ status_bits: ['主电故障'] }] } },
    { accept: false, reason: 'unit-too-short', decode: null },
    { accept: false, reason: 'bad-sum', decode: { source_bytes: 'B22396604001' } },
  ]);
});
