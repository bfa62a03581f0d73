import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Which of these codes are in use at all, also by records outside the caller's scope: a code is unique in the whole district. */
export async function takenCodes(
  tx: Tx,
  wanted: 'object' | 'unit',
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    code: string;
  }>`select taken_codes(${wanted}, ${[...codes]}::text[]) as code`.execute(tx);
  return new Set(rows.map(({ code }) => code));
}
