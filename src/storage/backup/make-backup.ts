import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';

import type { DatabaseLocation } from '../connection.ts';
import { clusterFiles, houseFiles, ignoreGone, type Source } from './backup-files.ts';
import { BackupSession } from './backup-session.ts';
import { MANIFEST, type Manifest, SEALED_KEY } from './manifest.ts';
import { sealKey } from './sealed-key.ts';
import { BLOCK, padding, writeHeader } from './tar-header.ts';

export interface BackupTask {
  readonly location: DatabaseLocation;
  readonly dataDir: string;
  /** The archive; it must not be there yet. */
  readonly file: string;
  /** Seals the vault's key into the archive; without it the key is left out. */
  readonly passphrase?: string | undefined;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export type BackupDone = Omit<Manifest, 'files'> & { readonly files: number; readonly bytes: number };

const CHUNK = 1024 * 1024;

/**
 * Copies a running Puan into one archive (`tar`, zstd): the cluster with the log it needs, and what stands beside it. Readings go
 * on meanwhile. The archive has its name only when it is whole and on the disk; aborted or failed, nothing of it is left.
 */
export async function makeBackup(task: BackupTask): Promise<BackupDone> {
  const part = `${task.file}.part`;
  const writer = new ArchiveWriter(task);
  try {
    await pipeline(
      Readable.from(writer.blocks(), { objectMode: false }),
      createZstdCompress(),
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
      task.signal ? { signal: task.signal } : {},
    );
    await rename(part, task.file);
    await syncFolder(path.dirname(task.file));
    return writer.done();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await writer.close();
  }
}

/** The archive as it streams: each entry's bytes are hashed on their way. */
class ArchiveWriter {
  readonly #task: BackupTask;
  readonly #files: Manifest['files'] = [];
  #session: BackupSession | undefined;
  #manifest: Manifest | undefined;
  #copied = 0;
  #total = 0;

  constructor(task: BackupTask) {
    this.#task = task;
  }

  async *blocks(): AsyncGenerator<Buffer> {
    const { location, dataDir, passphrase, now } = this.#task;
    const begunAt = now();
    const session = await BackupSession.begin(location, `puan ${new Date(begunAt).toISOString()}`);
    this.#session = session;
    // First what stands beside the cluster: a signed end of the audit must not be newer than the chain it ends.
    const house = await houseFiles(dataDir);
    const cluster = await clusterFiles(session.cluster);
    this.#total = [...house, ...cluster].reduce((sum, { size }) => sum + size, 0);
    for (const source of [...house, ...cluster]) yield* this.#copy(source);
    const ended = await session.stop();
    yield* this.#write('postgres/backup_label', Buffer.from(ended.label));
    if (ended.tablespaces !== '')
      yield* this.#write('postgres/tablespace_map', Buffer.from(ended.tablespaces));
    const log = await session.log(ended.to);
    this.#total += log.reduce((sum, { size }) => sum + size, 0);
    for (const segment of log) yield* this.#copy(segment);
    const key = readKey(dataDir);
    const isSealed = key !== undefined && passphrase !== undefined;
    if (isSealed) yield* this.#write(SEALED_KEY, sealKey(key, passphrase));
    this.#manifest = {
      format: 'puan-backup/1',
      begunAt,
      endedAt: now(),
      postgres: session.server.version,
      system: session.server.system,
      from: session.from,
      to: ended.to,
      key: isSealed ? 'sealed' : 'left-out',
      files: this.#files,
    };
    yield* this.#write(MANIFEST, Buffer.from(JSON.stringify(this.#manifest, undefined, 1)));
    yield Buffer.alloc(2 * BLOCK);
  }

  done(): BackupDone {
    if (!this.#manifest) throw new Error('the backup is not whole');
    return { ...this.#manifest, files: this.#files.length, bytes: this.#copied };
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }

  async *#copy(source: Source): AsyncGenerator<Buffer> {
    const { name, kind } = source;
    if (kind === 'folder') {
      yield writeHeader({ name, kind, size: 0 }, this.#task.now());
      return;
    }
    const file = await open(source.path).catch(ignoreGone);
    if (!file) return;
    try {
      const { size } = await file.stat();
      yield writeHeader({ name, kind, size }, this.#task.now());
      const hash = createHash('sha256');
      for (let at = 0; at < size;) {
        const chunk = Buffer.alloc(Math.min(CHUNK, size - at));
        const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
        // Cut short while it was copied: zeros take the place of what is gone, and the log mends it.
        const read = bytesRead === 0 ? chunk : chunk.subarray(0, bytesRead);
        hash.update(read);
        at += read.length;
        this.#advance(read.length);
        yield read;
      }
      yield Buffer.alloc(padding(size));
      this.#files.push({ name, size, sha256: hash.digest('hex') });
    } finally {
      await file.close();
    }
  }

  *#write(name: string, content: Buffer): Generator<Buffer> {
    yield writeHeader({ name, kind: 'file', size: content.length }, this.#task.now());
    yield content;
    yield Buffer.alloc(padding(content.length));
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (name !== MANIFEST) this.#files.push({ name, size: content.length, sha256 });
  }

  #advance(bytes: number): void {
    this.#copied += bytes;
    this.#task.onProgress?.(this.#copied, this.#total);
  }
}

function readKey(dataDir: string): Buffer | undefined {
  const file = path.join(dataDir, 'keys', 'vault.key');
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** A name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
