import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';

import { MANIFEST, type Manifest, manifest as manifestShape } from './manifest.ts';
import { type OpenEntry, readTar } from './read-tar.ts';

/** Why an archive cannot be restored, in one sentence. */
export class BackupUnusableError extends Error {
  override readonly name = 'BackupUnusableError';
}

export interface UnpackTask {
  readonly file: string;
  /** A new folder; removed again when the archive turns out not to be whole. */
  readonly into: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Unpacks an archive and holds every file against its manifest. Rejects with {@link BackupUnusableError} when anything is
 * damaged, missing or too much; nothing is left then.
 */
export async function unpackBackup(task: UnpackTask): Promise<Manifest> {
  await mkdir(task.into, { recursive: false, mode: 0o700 });
  try {
    return await unpack(task);
  } catch (error) {
    await rm(task.into, { recursive: true, force: true });
    if (error instanceof BackupUnusableError || task.signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupUnusableError(`备份 ${task.file} 读不完整，没有恢复：${reason}`, { cause: error });
  }
}

async function unpack({ file, into, signal, onProgress }: UnpackTask): Promise<Manifest> {
  const total = statSync(file).size;
  let read = 0;
  const compressed = createReadStream(file, signal ? { signal } : {});
  compressed.on('data', (chunk) => {
    read += chunk.length;
    onProgress?.(read, total);
  });
  const plain = createZstdDecompress();
  // Whatever fails on the way shows where the entries are read.
  compressed.on('error', (error) => plain.destroy(error));
  compressed.pipe(plain);
  const found = new Map<string, { readonly size: number; readonly sha256: string }>();
  let told: Manifest | undefined;
  for await (const entry of readTar(plain)) {
    if (entry.name === MANIFEST) told = await readManifest(entry);
    else if (entry.kind === 'folder') await mkdir(within(into, entry.name), { recursive: true, mode: 0o700 });
    else found.set(entry.name, await writeEntry(entry, within(into, entry.name)));
  }
  if (!told) throw new BackupUnusableError(`备份 ${file} 没有清单，没有恢复。请换一份备份。`);
  compare(file, told, found);
  return told;
}

async function readManifest({ content }: OpenEntry): Promise<Manifest> {
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(part);
  return manifestShape.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
}

async function writeEntry(
  { content, size }: OpenEntry,
  file: string,
): Promise<{ readonly size: number; readonly sha256: string }> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  if (size === 0) await writeFile(file, '', { mode: 0o600 });
  else {
    const hashing = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(content, hashing, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  }
  return { size, sha256: hash.digest('hex') };
}

/** A name never leads out of the folder. */
function within(folder: string, name: string): string {
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep))
    throw new BackupUnusableError(`备份里有不该有的名字 ${name}，没有恢复。`);
  return file;
}

function compare(
  file: string,
  { files }: Manifest,
  found: ReadonlyMap<string, { readonly size: number; readonly sha256: string }>,
): void {
  const wrong = files
    .filter(({ name, size, sha256 }) => found.get(name)?.sha256 !== sha256 || found.get(name)?.size !== size)
    .map(({ name }) => name);
  const known = new Set(files.map(({ name }) => name));
  const extra = [...found.keys()].filter((name) => !known.has(name));
  const named = [...wrong, ...extra];
  if (named.length === 0) return;
  throw new BackupUnusableError(
    `备份 ${file} 有 ${named.length} 个文件与清单不符（${named.slice(0, 5).join('、')}），没有恢复。请换一份备份。`,
  );
}
