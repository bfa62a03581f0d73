import { createHash } from 'node:crypto';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { Client } from '../client.ts';

/** A session of an account, written straight into the table: signing in is tested elsewhere. */
export async function signedIn(storage: Storage, url: string, username: string): Promise<Client> {
  const token = `${username}.${'x'.repeat(30)}`;
  const hash = createHash('sha256').update(token).digest();
  await sql`insert into session (account_id, token_hash, created_at, last_used_at, expires_at, address)
    select id, ${hash}, now(), now(), now() + interval '8 hours', '127.0.0.1' from account where username = ${username}`.execute(
    storage.system,
  );
  return new Client(url, token);
}
