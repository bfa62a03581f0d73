import { toBeijing } from '#base';
import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import { writeHeadFile } from './head-file.ts';
import type { HeadKey } from './head-key.ts';

const DAY_MS = 86_400_000;

/** What signing heads stands on. */
export interface HeadDesk {
  readonly db: Kysely<Database>;
  readonly key: HeadKey;
  /** Folder of the head files. */
  readonly folder: string;
}

/** `YYYY-MM-DD` of a moment in Beijing. */
export function beijingDay(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Signs the day before, once it is over and before the first seal of the new day. Gives whether it did. An installation that
 * began today has no day before.
 */
export async function closeDay(desk: HeadDesk, now: number): Promise<boolean> {
  const day = beijingDay(now - DAY_MS);
  const { rows } = await sql`select from audit_head where day = ${day} and signed_at >= ${startOfDay(now)}
      union all select where not exists (select from audit where at < ${startOfDay(now)})`.execute(desk.db);
  return rows.length === 0 && writeHead(desk, { day, now });
}

function startOfDay(now: number): Date {
  return new Date(now - toBeijing(now).msOfDay);
}

/**
 * Signs where the chain stands as the head of `day`, into its row and its file. A day's head may only grow; nothing is
 * written for an empty chain or where nothing has been added since.
 */
export async function writeHead(
  { db, key, folder }: HeadDesk,
  { day, now }: { readonly day: string; readonly now: number },
): Promise<boolean> {
  const { rows } = await sql<{ seq: number; hash: Buffer; signed: number }>`
    select m.seq, m.hash, coalesce((select max(seq) from audit_head), 0) as signed from audit_sealer m`.execute(
    db,
  );
  const [mark] = rows;
  if (!mark || mark.seq === 0 || mark.seq <= mark.signed) return false;
  const head = key.sign({ day, seq: mark.seq, hash: mark.hash.toString('hex'), signedAt: now });
  await writeHeadFile(folder, head);
  await sql`insert into audit_head (day, seq, hash, signed_at, signature, public_key)
    values (${day}, ${head.seq}, ${mark.hash}, ${new Date(now)}, ${Buffer.from(head.signature, 'base64')},
      ${Buffer.from(head.publicKey, 'base64')})
    on conflict (day) do update set seq = excluded.seq, hash = excluded.hash, signed_at = excluded.signed_at,
      signature = excluded.signature, public_key = excluded.public_key`.execute(db);
  return true;
}
