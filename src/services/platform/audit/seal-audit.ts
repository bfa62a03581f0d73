import type { Tx } from '#storage';
import { type Kysely, sql } from 'kysely';
import type { Database } from '#storage';

import type { ChainedRow } from './canonical-row.ts';
import { CHAINED, linkHash } from './chain.ts';

const BATCH = 5000;
/** Held while sealing: two processes must never give the same number twice. */
const LOCK = 7_205_001;

interface Mark {
  readonly floor: number;
  readonly seq: number;
  readonly hash: Buffer;
}

/** An id up to which everything was given out, and the transactions that were still writing then. */
interface Horizon {
  readonly id: number;
  readonly writers: readonly string[];
}

/**
 * Links committed audit rows into the chain. An id says when a row was written, not when it was committed; so the sealer
 * looks at everything above its floor, and the floor rises to an id only when every transaction that was writing while that
 * id was given out has ended. A row that commits late gets a later number; none is passed over.
 */
export class AuditSealer {
  readonly #db: Kysely<Database>;
  #horizon: Horizon | undefined;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Seals what is committed by now; gives how many rows. Does nothing while another process seals. */
  async seal(): Promise<number> {
    let sealed = 0;
    for (let more = true; more;) {
      const count = await this.#db.transaction().execute((tx) => this.#batch(tx));
      sealed += count;
      more = count === BATCH;
    }
    return sealed;
  }

  async #batch(tx: Tx): Promise<number> {
    const { rows: lock } = await sql<{
      got: boolean;
    }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx);
    if (!lock[0]?.got) return 0;
    const mark = await readMark(tx);
    // In this order: ids given out, then who still writes, then the rows that can be seen.
    const id = await lastId(tx);
    const writers = await writersNow(tx);
    const rows = await unsealed(tx, mark.floor);
    const last = await insertSeals(tx, mark, rows);
    const floor = rows.length < BATCH ? this.#rise(mark.floor, { id, writers }) : mark.floor;
    if (rows.length > 0 || floor > mark.floor) {
      await sql`update audit_sealer set floor = ${floor}, seq = ${last.seq}, hash = ${last.hash}`.execute(tx);
    }
    return rows.length;
  }

  /** The floor after a round that has sealed everything it could see. */
  #rise(floor: number, now: Horizon): number {
    if (now.writers.length === 0) {
      this.#horizon = undefined;
      return Math.max(floor, now.id);
    }
    const waiting = this.#horizon;
    if (waiting?.writers.some((writer) => now.writers.includes(writer))) return floor;
    this.#horizon = now;
    return waiting === undefined ? floor : Math.max(floor, waiting.id);
  }
}

async function readMark(tx: Tx): Promise<Mark> {
  const { rows } = await sql<Mark>`select floor, seq, hash from audit_sealer`.execute(tx);
  const [mark] = rows;
  if (!mark) throw new Error('audit_sealer holds no row: the chain cannot be continued');
  return mark;
}

async function lastId(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select case when is_called then last_value else last_value - 1 end as id from audit_id_seq`.execute(tx);
  return rows[0]?.id ?? 0;
}

/** Whoever inserts into `audit` holds this lock before an id is given out, and until the transaction has ended. */
async function writersNow(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ writer: string }>`
    select virtualtransaction as writer from pg_locks
    where locktype = 'relation' and relation = 'audit'::regclass and mode = 'RowExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())`.execute(tx);
  return rows.map(({ writer }) => writer);
}

async function unsealed(tx: Tx, floor: number): Promise<readonly ChainedRow[]> {
  const { rows } = await sql<ChainedRow>`
    select ${CHAINED} from audit a
    where a.id > ${floor} and not exists (select from audit_seal s where s.audit_id = a.id)
    order by a.id limit ${BATCH}`.execute(tx);
  return rows;
}

async function insertSeals(
  tx: Tx,
  mark: Mark,
  rows: readonly ChainedRow[],
): Promise<{ readonly seq: number; readonly hash: Buffer }> {
  let { seq, hash } = mark;
  if (rows.length === 0) return { seq, hash };
  const hashes = rows.map((row) => {
    seq += 1;
    hash = linkHash(hash, seq, row);
    return `\\x${hash.toString('hex')}`;
  });
  await sql`insert into audit_seal (seq, audit_id, hash)
    select ${mark.seq}::bigint + n, id, hash
    from unnest(${rows.map((row) => row.id)}::bigint[], ${hashes}::bytea[]) with ordinality as r(id, hash, n)`.execute(
    tx,
  );
  return { seq, hash };
}
