import { execFileSync } from 'node:child_process';

import { madeOnce } from './made-once.ts';

/**
 * Fills an empty data folder with what a first start leaves behind. `make` does that start, once in a test run: the others
 * copy. Outside of a test run nothing is filled in, and the first start is the server's own.
 */
export async function fillFromTemplate(
  dataDir: string,
  make: (dataDir: string) => Promise<void>,
): Promise<void> {
  const template = await madeOnce('data', make);
  // PostgreSQL's folder keeps its owner and its mode.
  if (template !== undefined) execFileSync('cp', ['-a', `${template}/.`, dataDir]);
}
