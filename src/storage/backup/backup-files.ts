import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Something to be copied. */
export interface Source {
  /** In the archive. */
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

/** Folders whose content a cluster makes anew, or that belong to running processes (PostgreSQL 18, §25.3.4). */
const EMPTIED: ReadonlySet<string> = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
/** Folders inside them that PostgreSQL expects to be there. */
const KEPT_INSIDE: ReadonlySet<string> = new Set(['pg_wal/archive_status', 'pg_wal/summaries']);
const LEFT_OUT: ReadonlySet<string> = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'tablespace_map',
  'recovery.signal',
  'standby.signal',
]);
const TEMPORARY = /(^|\/)(pgsql_tmp|pg_internal\.init)/u;
/** Last, as pg_basebackup does: it says how far the cluster is. */
const CONTROL = 'global/pg_control';

/** The files of a running cluster that belong into a backup, named below `postgres/`. */
export async function clusterFiles(cluster: string): Promise<readonly Source[]> {
  const all = await walk(cluster, 'postgres', (inside) => {
    const [top = ''] = inside.split('/');
    if (LEFT_OUT.has(inside) || TEMPORARY.test(inside)) return false;
    return !EMPTIED.has(top) || inside === top || KEPT_INSIDE.has(inside);
  });
  const isControl = ({ name }: Source): boolean => name === `postgres/${CONTROL}`;
  return [...all.filter((one) => !isControl(one)), ...all.filter(isControl)];
}

/** Of the data folder: its cluster, what only a running process has, the vault's key, backups. */
const NOT_HOUSE: ReadonlySet<string> = new Set([
  'postgres',
  'postgres.new',
  'run',
  'keys',
  'backups',
  'native',
]);

/** A backup that was put into the data folder is not backed up once more. */
const ARCHIVE = /\.tar\.zst(\.part)?$/u;

/** What stands beside the cluster in the data folder: signed ends of the audit, the database's password, pictures. */
export async function houseFiles(dataDir: string): Promise<readonly Source[]> {
  return walk(dataDir, '', (inside) => !NOT_HOUSE.has(inside.split('/')[0] ?? '') && !ARCHIVE.test(inside));
}

async function walk(
  root: string,
  into: string,
  wanted: (inside: string) => boolean,
): Promise<readonly Source[]> {
  const found: Source[] = [];
  const visit = async (inside: string): Promise<void> => {
    const entries = await readdir(path.join(root, inside), { withFileTypes: true }).catch(ignoreGone);
    for (const entry of entries ?? []) {
      const below = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (!wanted(below)) continue;
      const file = path.join(root, below);
      const name = into === '' ? below : `${into}/${below}`;
      if (entry.isDirectory()) {
        found.push({ name, path: file, kind: 'folder', size: 0 });
        await visit(below);
      } else if (entry.isFile()) {
        const facts = await stat(file).catch(ignoreGone);
        if (facts) found.push({ name, path: file, kind: 'file', size: facts.size });
      }
    }
  };
  await visit('');
  return found;
}

/** A running cluster drops files while it is copied: what is gone is told by its log. */
export function ignoreGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
