import { createHash } from 'node:crypto';

import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Marks something as used; false when it was used before. It is remembered until `expiresAt` (epoch ms). */
export async function useOnce(tx: Tx, what: string, expiresAt: number): Promise<boolean> {
  const mark = createHash('sha256').update(what).digest();
  const { rows } =
    await sql`insert into identity_once (mark, expires_at) values (${mark}, ${new Date(expiresAt)})
    on conflict do nothing returning 1 as fresh`.execute(tx);
  return rows.length > 0;
}
