import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip as gzipBytes } from 'node:zlib';

import type { Log } from './log.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, 'web/dist');
/** Versions that are kept, for servers that were started with them. */
const KEPT = 4;
const TEXTS = /\.(?:js|css|html|svg|webmanifest)$/u;
const brotli = promisify(brotliCompress);
const gzip = promisify(gzipBytes);
/** What the built client is made of. */
const SOURCES = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'src/contract',
  'src/model',
  'src/base',
  'src/workflow',
  'src/server/build-web.ts',
  'package-lock.json',
];

/**
 * Builds the web client when its sources are not those it was built from. Gives the folder to serve: each version has
 * one of its own, so that a server that runs keeps its files and two that start at once do not write into each other's.
 */
export async function buildWebClient(log: Log): Promise<string> {
  const folder = path.join(DIST, (await fingerprint()).slice(0, 16));
  if (existsSync(folder)) return folder;
  log.info('正在构建网页（只在第一次或网页有改动时）');
  const outDir = path.join(DIST, `.building-${process.pid}`);
  await buildElsewhere(outDir);
  await compress(outDir);
  await moveInto(outDir, folder);
  await forgetOldest();
  return folder;
}

/** In a process of its own: what a bundler needs would stay in the server's memory for its life. */
async function buildElsewhere(outDir: string): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'build-web.ts'), outDir],
    // Under a test runner it says `test`, and React would be built for developers.
    // oxlint-disable-next-line node/no-process-env -- vite and its plugins read it there
    { env: { ...process.env, NODE_ENV: 'production' } },
  );
}

/** Once, so that no request pays for it: a phone in a pump house loads a third of the bytes. */
async function compress(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!TEXTS.test(name)) continue;
    const file = path.join(folder, name);
    const bytes = await readFile(file);
    await writeFile(`${file}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    await writeFile(`${file}.gz`, await gzip(bytes, { level: 9 }));
  }
}

/** Another process may have built the same version meanwhile: then ours is not needed. */
async function moveInto(built: string, folder: string): Promise<void> {
  try {
    await rename(built, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(built, { recursive: true, force: true });
  }
}

async function forgetOldest(): Promise<void> {
  const names = (await readdir(DIST)).filter((name) => !name.startsWith('.building-'));
  const versions = await Promise.all(
    names.map(async (name) => {
      // One that is gone by now was forgotten by another process.
      const found = await stat(path.join(DIST, name)).catch(() => undefined);
      return { name, at: found?.mtimeMs ?? 0 };
    }),
  );
  const old = versions.toSorted((a, b) => b.at - a.at).slice(KEPT);
  for (const { name } of old) await rm(path.join(DIST, name), { recursive: true, force: true });
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
