import { AppError } from '#base';
import type { RosterConflict } from '#contract/command';

const NAMED = 3;

/** Throws `roster.conflict` naming the first ones, unless a person has accepted them. */
export function refuseConflicts(conflicts: readonly RosterConflict[], accepted: boolean): void {
  const blocking = conflicts.filter((one) => one.blocking);
  if (blocking.length === 0 || accepted) return;
  const named = blocking.slice(0, NAMED).map((one) => one.text);
  const more = blocking.length > NAMED ? `；共 ${blocking.length} 处` : '';
  throw new AppError('roster.conflict', { conflicts: `${named.join('；')}${more}` });
}

/** What the database refuses in any case: two shifts of one seat at the same time. */
export async function keepOneAtATime<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23P01') {
      const conflicts = '这个席位在这段时间已有别的班次';
      throw new AppError('roster.conflict', { conflicts }, { cause: error });
    }
    throw error;
  }
}
