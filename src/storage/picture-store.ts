import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

const HASH = /^[0-9a-f]{64}$/u;

/** Pictures outside the tables, by the SHA-256 of their bytes: the same picture is one file, and a name cannot be made up. */
export class PictureStore {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, 'pictures');
  }

  /** On the disk, whole, when it resolves; gives the hash in hex. */
  async put(content: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(content).digest('hex');
    const file = this.#fileOf(hash);
    const known = await stat(file).catch(() => undefined);
    if (known?.size === content.length && (await touched(file))) return hash;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    // Written beside and moved into its place: a crash leaves no half picture under the hash of the whole.
    const half = `${file}.${randomBytes(6).toString('hex')}`;
    const handle = await open(half, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
    return hash;
  }

  /** Undefined where there is none of that hash. */
  async get(hash: string): Promise<Buffer | undefined> {
    if (!HASH.test(hash)) return undefined;
    return readFile(this.#fileOf(hash)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  /** Whether there is none of that hash any more: one that was put since `since` (epoch ms) stays. */
  async remove(hash: string, since: number): Promise<boolean> {
    if (!HASH.test(hash)) return true;
    const file = this.#fileOf(hash);
    const known = await stat(file).catch(gone);
    if ('mtimeMs' in known && known.mtimeMs >= since) return false;
    await rm(file, { force: true });
    return true;
  }

  /** What all of them take up on the disk. */
  async bytes(): Promise<number> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(nothingYet);
    let sum = 0;
    for (const entry of entries)
      if (entry.isFile()) sum += (await stat(path.join(entry.parentPath, entry.name)).catch(gone)).size;
    return sum;
  }

  #fileOf(hash: string): string {
    return path.join(this.#folder, hash.slice(0, 2), hash);
  }
}

/** Nobody has put a picture yet. */
function nothingYet(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** It counts as put now, so that it does not go as an old one before its row is written. False where it is gone already. */
async function touched(file: string): Promise<boolean> {
  const now = new Date();
  return utimes(file, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Removed between the list and the look, or never there. */
function gone(error: NodeJS.ErrnoException): { readonly size: number } {
  if (error.code === 'ENOENT') return { size: 0 };
  throw error;
}
