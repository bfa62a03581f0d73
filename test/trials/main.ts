/**
 * `npm run trials [-- name …]`: pulls the plug of a real Puan with real sockets and says in words what it promised and what
 * was found. Exit 1 when a promise was broken, 2 for a name that is none. They take minutes; see `TRIALS` for what each does.
 */
import { clock } from './clock.ts';
import { database } from './database.ts';
import { day } from './day.ts';
import { disk } from './disk.ts';
import { halves } from './halves.ts';
import { Report, Skipped } from './report.ts';
import { silent } from './silent.ts';

const TRIALS: Readonly<
  Record<string, { readonly title: string; readonly hold: (report: Report) => Promise<void> }>
> = {
  silent: { title: '一万条只连不说的连接', hold: silent },
  halves: { title: '断在帧中间、半帧、一个字节一个字节地拖、杂音', hold: halves },
  clock: { title: '设备时钟差八小时', hold: clock },
  day: { title: '一整天的报文再来一遍', hold: day },
  database: { title: '满载时数据库停住、又不在 60 秒', hold: database },
  disk: { title: '磁盘满', hold: disk },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in TRIALS));
if (unknown.length > 0) {
  process.stderr.write(`没有这些试炼：${unknown.join('、')}。可用：${Object.keys(TRIALS).join('、')}\n`);
  process.exit(2);
}

let broken = 0;
for (const [name, { title, hold }] of Object.entries(TRIALS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`${name}　${title}\n`);
  const report = new Report();
  const began = performance.now();
  try {
    await hold(report);
  } catch (error) {
    if (error instanceof Skipped) process.stdout.write(`  – 没有试：${error.message}\n`);
    else
      report.fact(
        '试炼本身走到底',
        false,
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
  }
  broken += report.broken;
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `  ${report.broken === 0 ? '守住' : `破了 ${report.broken} 条`}，用时 ${seconds} 秒\n\n`,
  );
}
process.exit(broken === 0 ? 0 : 1);
