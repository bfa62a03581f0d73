import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Pids of every PostgreSQL process of a data folder: they stand in their cluster's folder. */
export function postgresOf(dataDir: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && standsIn(pid, dataDir));
}

function standsIn(pid: number, dataDir: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`).startsWith(dataDir) &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
    );
  } catch {
    return false;
  }
}
