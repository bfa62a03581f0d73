import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import { backupName, isBackupDue, outwornBackups } from './backup-name.ts';

const HOUR = 3_600_000;
const at = (day: number, hour: number): number => fromBeijing(2026, 11, day, hour * HOUR);

test('a backup is named by Beijing time', () => {
  expect(backupName(at(20, 3))).toBe('puan-20261120-030000.tar.zst');
});

test('one a day: none is due while the newest is younger, however often the server starts', () => {
  const made = [
    backupName(at(19, 3)),
    backupName(at(20, 3)),
    'notes.txt',
    'puan-20991231-000000.tar.zst.part',
  ];
  expect(isBackupDue([], at(20, 3))).toBe(true);
  expect(isBackupDue(made, at(20, 12))).toBe(false);
  expect(isBackupDue(made, at(21, 2))).toBe(false);
  expect(isBackupDue(made, at(21, 3))).toBe(true);
});

test('the newest are kept, and what is no backup of ours is never removed', () => {
  const made = [3, 1, 2].map((day) => backupName(at(day, 3)));
  expect(outwornBackups(['letter.tar.zst', ...made], 2)).toEqual([backupName(at(1, 3))]);
  expect(outwornBackups(made, 7)).toEqual([]);
});
