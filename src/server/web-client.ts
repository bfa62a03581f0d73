import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Log } from './log.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, 'web/dist');
const STAMP = path.join(DIST, '.built-from');
/** What the built client is made of. */
const SOURCES = [
  'web/src',
  'web/index.html',
  'web/vite.config.ts',
  'src/contract',
  'src/model',
  'src/base',
  'package-lock.json',
];

/** Builds the web client when its sources are not those it was built from. Gives the folder to serve. */
export async function buildWebClient(log: Log): Promise<string> {
  const wanted = await fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return DIST;
  log.info('正在构建网页（只在第一次或网页有改动时）');
  const { build } = await import('vite');
  await build({ configFile: path.join(ROOT, 'web/vite.config.ts'), logLevel: 'error' });
  writeFileSync(STAMP, wanted);
  return DIST;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) await add(hash, path.join(ROOT, source));
  return hash.digest('hex');
}

async function add(hash: ReturnType<typeof createHash>, entry: string): Promise<void> {
  const names = await readdir(entry).catch(() => undefined);
  if (names === undefined) {
    hash.update(entry.slice(ROOT.length)).update(await readFile(entry));
    return;
  }
  for (const name of names.toSorted()) await add(hash, path.join(entry, name));
}
