import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The pid of a postmaster that lives in this data folder; undefined when none does. */
export function livingPostmaster(cluster: string): number | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 && isOf(pid, cluster) ? pid : undefined;
}

/**
 * Ends back ends whose postmaster was killed. They keep its shared memory, and a new postmaster refuses to start
 * beside them. Only processes that stand in our own data folder are touched.
 */
export function endOrphans(cluster: string): void {
  if (!existsSync('/proc')) return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !isOf(pid, cluster)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Every PostgreSQL process stands in its data folder. Where there is no /proc, a living pid must do. */
function isOf(pid: number, cluster: string): boolean {
  try {
    if (existsSync('/proc')) return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
