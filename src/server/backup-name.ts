import { toBeijing } from '#base';

const NAME = /^puan-\d{8}-\d{6}\.tar\.zst$/u;

/** The name of a backup that begins now (epoch ms), in Beijing time; names sort by time. */
export function backupName(now: number): string {
  const { year, month, day, msOfDay } = toBeijing(now);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const time = [msOfDay / 3_600_000, (msOfDay / 60_000) % 60, (msOfDay / 1000) % 60].map(two).join('');
  return `puan-${year}${two(month)}${two(day)}-${time}.tar.zst`;
}

const DAY_MS = 86_400_000;

/** Backups among the files of a folder, oldest first: others in it are nobody's to count or remove. */
function backupsAmong(names: readonly string[]): readonly string[] {
  return names.filter((name) => NAME.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
}

/** Whether the newest backup is a day old, or there is none: a restart makes no second one. */
export function isBackupDue(names: readonly string[], now: number): boolean {
  const newest = backupsAmong(names).at(-1);
  return newest === undefined || newest <= backupName(now - DAY_MS);
}

/** Those that are no longer kept. */
export function outwornBackups(names: readonly string[], keep: number): readonly string[] {
  return backupsAmong(names).slice(0, -keep);
}
