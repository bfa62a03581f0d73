import { type Kysely, sql } from 'kysely';

import type { Database } from '../tables/database.ts';

const PACKER_LOCK = 20_240_041;

/** Whether nobody else changes chunks now; holds until the transaction ends. */
export async function isOnlyPacker(tx: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{
    mine: boolean;
  }>`select pg_try_advisory_xact_lock(${PACKER_LOCK}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}
