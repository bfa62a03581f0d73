import { hash } from 'node:crypto';

import { type RawBuilder, sql } from 'kysely';

import { canonicalRow, type ChainedRow } from './canonical-row.ts';

/** What the first link is hashed over. */
export const GENESIS: Buffer = Buffer.alloc(32);

/** The hash of a link: SHA-256 of the hash before it and the canonical text of its row. */
export function linkHash(previous: Uint8Array, seq: number, row: ChainedRow): Buffer {
  const text = Buffer.from(canonicalRow(seq, row), 'utf8');
  return hash('sha256', Buffer.concat([previous, text]), 'buffer');
}

/** The columns of `audit a` as {@link ChainedRow}. */
export const CHAINED: RawBuilder<unknown> = sql`a.id, (extract(epoch from a.at) * 1000000)::bigint::text as at, a.actor,
  a.acting_for as "actingFor", a.address, a.action, a.subject, a.before::text as before, a.after::text as after,
  a.place, a.scenario`;
