import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A tool of the fence: what it guards, and its command. */
interface Guard {
  readonly name: string;
  readonly args: readonly string[];
  /** Says whether its output proves that it looked; absent where the exit code is enough. */
  readonly looked?: (output: string) => boolean;
}

const ROOTS = ['src', 'web/src', 'simulator', 'bench', 'test', 'e2e', 'standards'];
const FEWEST_MODULES = 400;

// The longest first: two work at a time.
const GUARDS: readonly Guard[] = [
  { name: '写法', args: ['oxlint', '--type-aware', '--deny-warnings', ...ROOTS] },
  { name: '类型（服务端、工具、测试）', args: ['tsc', '-p', 'tsconfig.json'] },
  { name: '纯层不碰外界（0–3 层没有 Node 类型）', args: ['tsc', '-p', 'tsconfig.pure.json'] },
  { name: '类型（网页）', args: ['tsc', '-p', 'web/tsconfig.json', '--noEmit'] },
  { name: '格式', args: ['oxfmt', '--check', '.'] },
  {
    name: '楼层与房门',
    args: ['depcruise', ...ROOTS],
    // With TypeScript 7 alone it reads nothing and is content: it must have seen the modules.
    looked: (output) => Number(/(\d+) modules/u.exec(output)?.[1] ?? 0) >= FEWEST_MODULES,
  },
  { name: '没有用不到的文件、出口和依赖', args: ['knip', '--no-progress'] },
];

interface Held {
  readonly name: string;
  readonly held: boolean;
  readonly output: string;
}

async function keep({ name, args, looked }: Guard): Promise<Held> {
  const [command = '', ...rest] = args;
  const child = spawn(`node_modules/.bin/${command}`, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  const output = `${stdout}${stderr}`;
  return { name, held: child.exitCode === 0 && (looked?.(output) ?? true), output };
}

/** Runs every guard, two at a time; prints what a failed one says. Gives how many held and how many did not. */
export async function runFence(): Promise<{ readonly passed: number; readonly failed: number }> {
  let failed = 0;
  const waiting = GUARDS.values();
  const post = async (): Promise<void> => {
    for (const guard of waiting) {
      const { name, held, output } = await keep(guard);
      process.stdout.write(`${held ? '✓' : '✗'} ${name}\n`);
      if (held) continue;
      failed += 1;
      process.stdout.write(`${output}\n`);
    }
  };
  await Promise.all([post(), post()]);
  return { passed: GUARDS.length - failed, failed };
}

if (process.argv[1] === import.meta.filename) process.exit((await runFence()).failed === 0 ? 0 : 1);
