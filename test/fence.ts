import { spawnSync } from 'node:child_process';

/** A tool of the fence: what it guards, and its command. */
interface Guard {
  readonly name: string;
  readonly args: readonly string[];
  /** Says whether its output proves that it looked; absent where the exit code is enough. */
  readonly looked?: (output: string) => boolean;
}

const ROOTS = ['src', 'web/src', 'simulator', 'bench', 'test', 'e2e', 'standards'];
const FEWEST_MODULES = 400;

const GUARDS: readonly Guard[] = [
  { name: '类型（服务端、工具、测试）', args: ['tsc', '-p', 'tsconfig.json'] },
  { name: '纯层不碰外界（0–3 层没有 Node 类型）', args: ['tsc', '-p', 'tsconfig.pure.json'] },
  { name: '类型（网页）', args: ['tsc', '-p', 'web/tsconfig.json', '--noEmit'] },
  { name: '写法', args: ['oxlint', '--type-aware', '--deny-warnings', ...ROOTS] },
  { name: '格式', args: ['oxfmt', '--check', '.'] },
  {
    name: '楼层与房门',
    args: ['depcruise', ...ROOTS],
    // With TypeScript 7 alone it reads nothing and is content: it must have seen the modules.
    looked: (output) => Number(/(\d+) modules/u.exec(output)?.[1] ?? 0) >= FEWEST_MODULES,
  },
  { name: '没有用不到的文件、出口和依赖', args: ['knip', '--no-progress'] },
];

/** Runs every guard; prints what a failed one says. Gives how many held and how many did not. */
export function runFence(): { readonly passed: number; readonly failed: number } {
  let passed = 0;
  let failed = 0;
  for (const { name, args, looked } of GUARDS) {
    const [command = '', ...rest] = args;
    const done = spawnSync(`node_modules/.bin/${command}`, rest, {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const output = `${done.stdout}${done.stderr}`;
    const held = done.status === 0 && (looked?.(output) ?? true);
    process.stdout.write(`${held ? '✓' : '✗'} ${name}\n`);
    if (held) passed += 1;
    else {
      failed += 1;
      process.stdout.write(`${output}\n`);
    }
  }
  return { passed, failed };
}

if (process.argv[1] === import.meta.filename) process.exit(runFence().failed === 0 ? 0 : 1);
