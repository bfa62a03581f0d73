import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** How to start PostgreSQL's programs on this machine: a command prefix, or another user's ids. */
export interface ProgramUser {
  readonly prefix: readonly string[];
  readonly ids: { readonly uid?: number; readonly gid?: number };
  /** Folder of the binaries this user can reach. */
  readonly native: string;
  /** Folder the cluster and its socket lie in. */
  readonly base: string;
}

const NOBODY = 65534;
const REACHABLE = '/var/lib/puan';

/**
 * PostgreSQL refuses to run as root. As root we enter a user namespace in which we are `nobody`: no account is needed
 * and closed (0700) folders stay reachable, for outside we are still ourselves. Where namespaces are forbidden, the
 * binaries and the cluster live in a folder that `nobody` can reach, for our own may lie in a closed one.
 */
export function programUser(native: string, dataDir: string): ProgramUser {
  if (process.getuid?.() !== 0) return { prefix: [], ids: {}, native, base: dataDir };
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  const [command = '', ...args] = prefix;
  const tried = spawnSync(command, [...args, path.join(native, 'bin', 'postgres'), '--version']);
  if (tried.status === 0) return { prefix, ids: {}, native, base: dataDir };

  const base = path.join(REACHABLE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  const copy = path.join(base, 'native');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { prefix: [], ids: { uid: NOBODY, gid: NOBODY }, native: copy, base };
}

/** Hands a folder and all in it to the user PostgreSQL runs as (only where it is another one). */
export function handOver(folder: string, user: ProgramUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, gid } = user.ids;
  if (uid === undefined || gid === undefined) return;
  const give = (entry: string): void => {
    chownSync(entry, uid, gid);
    if (lstatSync(entry).isDirectory()) for (const name of readdirSync(entry)) give(path.join(entry, name));
  };
  give(folder);
}
