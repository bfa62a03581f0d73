import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where what a test run makes once lies; set by test/postgres-setup.ts, absent outside of it. */
const FOLDER = process.env['PUAN_TEST_TEMPLATES'];

/**
 * A folder that is made once in a test run: whoever asks for the `name` first makes it, everybody else waits for that. Undefined outside
 * of a test run. What is made must not know where it lies: it is moved when it is whole.
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  if (FOLDER === undefined) return undefined;
  const at = (part: string): string => path.join(FOLDER, `${name}-${part}`);
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
    if (existsSync(at('failed'))) throw new Error(`另一个测试进程没能做好 ${name}，见它的错误`);
    await sleep(100);
  }
  return at('ready');
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
