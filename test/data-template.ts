import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the templates of a test run lie; set by test/postgres-setup.ts, absent outside of it. */
const FOLDER = process.env['PUAN_TEST_TEMPLATES'];

/**
 * Fills an empty data folder with what a first start leaves behind. `make` does that start, once in a test run: the others
 * copy. Outside of a test run nothing is filled in, and the first start is the server's own.
 */
export async function fillFromTemplate(
  dataDir: string,
  make: (dataDir: string) => Promise<void>,
): Promise<void> {
  if (FOLDER === undefined) return;
  const at = (name: string): string => path.join(FOLDER, name);
  if (takes(at('taken'))) {
    try {
      mkdirSync(at('making'));
      await make(at('making'));
      renameSync(at('making'), at('ready'));
    } catch (error) {
      mkdirSync(at('failed'));
      throw error;
    }
  }
  while (!existsSync(at('ready'))) {
    if (existsSync(at('failed'))) throw new Error('另一个测试进程没能完成第一次启动，见它的错误');
    await sleep(100);
  }
  // PostgreSQL's folder keeps its owner and its mode.
  execFileSync('cp', ['-a', `${at('ready')}/.`, dataDir]);
}

/** Whether it falls to this process: only one can make the folder. */
function takes(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
