import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { auditRule, type SystemContext } from '#services/context';
import { type DatabaseLocation, makeBackup } from '#storage';

import { backupName, isBackupDue, outwornBackups } from './backup-name.ts';
import type { Config } from './config.ts';
import { every } from './every.ts';
import { BACKUP, type HouseState } from './house-state.ts';
import type { Log } from './log.ts';

const LOOK_MS = 10 * 60_000;

interface Room {
  readonly config: Config;
  readonly log: Log;
  readonly system: SystemContext;
  readonly location: DatabaseLocation;
}

/** One backup a day into `PUAN_BACKUP_DIR`, the oldest ones removed. Gives the way to stop it; one that is under way is cut off. */
export function backUpDaily(
  room: Room,
  house: HouseState,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const ending = new AbortController();
  const stop = every(
    LOOK_MS,
    house.watched(BACKUP, () => backUpWhenDue(room, ending.signal)),
    (error) => {
      if (!ending.signal.aborted) failed(error);
    },
  );
  return async () => {
    ending.abort();
    await stop();
  };
}

async function backUpWhenDue({ config, log, system, location }: Room, signal: AbortSignal): Promise<void> {
  const { folder, keep, passphrase } = config.backup;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const now = system.now();
  if (!isBackupDue(await readdir(folder), now)) return;
  const name = backupName(now);
  const done = await makeBackup({
    location,
    dataDir: config.dataDir,
    file: path.join(folder, name),
    passphrase,
    now: () => system.now(),
    signal,
  });
  await system.transaction((tx) =>
    auditRule(tx, { rule: 'backup.daily', at: system.now() }, [
      {
        action: 'backup.make',
        subject: `backup/${name}`,
        after: { files: done.files, bytes: done.bytes, to: done.to },
      },
    ]),
  );
  for (const old of outwornBackups(await readdir(folder), keep)) await rm(path.join(folder, old));
  log.info(`每日备份完成：${name}，${done.files} 个文件`);
}
