import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  checkAnswered,
  comes,
  faults,
  type Ground,
  inTables,
  openGround,
  readyz,
  registerLoggers,
} from './ground.ts';
import { Logger } from './logger.ts';
import { type Report, Skipped } from './report.ts';

const SIZE_MIB = 700;
const LOGGERS = 10;
const FACTORS = 4;
const FULL_MS = 30_000;

/** The data folder lies on a small file system of its own, which is filled to the last byte under load, and emptied again. */
export async function disk(report: Report): Promise<void> {
  const home = mount();
  let ground: Ground | undefined;
  try {
    ground = await openGround({ home });
    const loggers = (await registerLoggers(ground, LOGGERS, FACTORS)).map(
      (one) => new Logger(ground as Ground, one),
    );
    for (const logger of loggers) logger.start();
    const isServed = await comes(20_000, () => loggers.every(({ answered }) => answered.length > 0));
    report.fact('开始时每台设备都有应答', isServed);

    report.step('填到只剩 5%，等故障巡查');
    fill(home, 0.05);
    const at = ground;
    report.fact(
      '还没满就开了故障单',
      await comes(90_000, async () => (await faults(at, 'disk-filling')).length > 0, 2000),
      (await faults(at, 'disk-filling'))[0]?.summary ?? '没有',
    );

    report.step('填满');
    await standFull(report, ground, loggers, home);
    report.step('腾出空间');
    rmSync(path.join(home, 'ballast'));
    await recover(report, ground, loggers);
    await Promise.all(loggers.map((logger) => logger.stop(60_000)));
    report.fact('服务没有倒', ground.puan.crashes === 0);
    await ground.puan.stop();
    const answered = loggers.flatMap((logger) => logger.answered);
    const { missing, twice } = await inTables(ground.puan.dataDir, (storage) =>
      checkAnswered(storage, answered),
    );
    report.fact('答过的一条不少', missing === 0, `${answered.length} 条，少 ${missing}`);
    report.fact('没有一条存了两遍', twice === 0, twice);
  } finally {
    await ground?.puan.remove();
    execFileSync('umount', ['-l', home]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** Throws {@link Skipped} where nothing may be mounted. */
function mount(): string {
  const home = mkdtempSync(path.join(os.tmpdir(), 'puan-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'tmpfs', home], { stdio: 'pipe' });
    return home;
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw new Skipped(
      `这台机器不许挂一个小文件系统（${error instanceof Error ? error.message.split('\n')[0] : ''}）。请用 root 在 Linux 上试。`,
    );
  }
}

/** Writes the ballast until this share of the disk is left. */
function fill(home: string, share: number): void {
  const file = openSync(path.join(home, 'ballast'), 'a');
  try {
    for (;;) {
      const { bavail, blocks, bsize } = statfsSync(home);
      const bytes = Math.min(2 ** 20, bavail * bsize - share * blocks * bsize);
      if (bytes <= 0) return;
      writeSync(file, Buffer.alloc(Math.ceil(bytes)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

async function standFull(
  report: Report,
  ground: Ground,
  loggers: readonly Logger[],
  home: string,
): Promise<void> {
  // What the database frees in the meantime is taken as well.
  const stuffing = setInterval(() => fill(home, 0), 200);
  const began = performance.now();
  const counts = (): number => loggers.reduce((sum, { answered }) => sum + answered.length, 0);
  let last = counts();
  let stillSince = performance.now();
  const isStill = await comes(180_000, () => {
    if (counts() !== last) stillSince = performance.now();
    last = counts();
    return performance.now() - stillSince > 10_000;
  });
  report.fact(
    '满了以后设备得不到应答',
    isStill,
    `填满 ${Math.round((performance.now() - began) / 1000)} 秒后`,
  );
  await sleep(FULL_MS);
  report.fact('满着的时候一帧也没有应答', counts() === last, counts() - last);
  const status = await readyz(ground);
  report.fact('readyz 说没准备好', status === 503, status);
  const said = /No space left on device|磁盘满|空间/u.exec(ground.puan.errors)?.[0];
  report.fact('日志说得出是磁盘满', said !== undefined, said ?? ground.puan.errors.slice(-300));
  clearInterval(stuffing);
}

async function recover(report: Report, ground: Ground, loggers: readonly Logger[]): Promise<void> {
  const began = performance.now();
  const before = loggers.map((logger) => logger.answered.length);
  const isBack = await comes(
    120_000,
    () => loggers.every((one, i) => one.answered.length > (before[i] ?? 0)),
    200,
  );
  report.fact(
    '腾出空间以后自己接上，每台设备都有应答',
    isBack,
    `${((performance.now() - began) / 1000).toFixed(1)} 秒`,
  );
  report.fact('readyz 又说准备好了', await comes(15_000, async () => (await readyz(ground)) === 200));
  const isOver = async (): Promise<boolean> =>
    (await faults(ground, 'disk-filling')).every(({ state }) => state === 'resolved');
  report.fact('故障单自动恢复，等人关闭', await comes(90_000, isOver, 2000));
}
