import type { Database, Tx } from '#storage';
import { type Kysely, sql } from 'kysely';

import { CHAINED, GENESIS } from './chain.ts';
import { ChainWalk, type Link } from './chain-walk.ts';
import type { ChainedRow } from './canonical-row.ts';
import { checkHeads, type KeptHead, missingHeads, tableHeads } from './check-heads.ts';
import type { Fault } from './fault.ts';

const PAGE = 5000;
/** As many are told; the first is where to look. */
const FAULTS = 20;

export interface VerifyOptions {
  /** Heads in the files of our own data folder. */
  readonly ownFiles?: readonly KeptHead[];
  /** Files in that folder that are no heads. */
  readonly fileFaults?: readonly Fault[];
  /** Heads that were kept elsewhere. */
  readonly elsewhere?: readonly KeptHead[];
  /** Our own public key (SPKI, base64); absent where the vault is not at hand. */
  readonly publicKey?: string | undefined;
  readonly onProgress?: (seq: number) => void;
}

export interface Verification {
  readonly ok: boolean;
  /** Links that were looked at. */
  readonly links: number;
  /** Number of the newest link and its hash, hexadecimal. */
  readonly seq: number;
  readonly hash: string;
  /** Committed rows that wait for the sealer; no fault. */
  readonly waiting: number;
  /** Signed heads that were compared. */
  readonly heads: number;
  /** The first is the first broken link; at most twenty. */
  readonly faults: readonly Fault[];
  readonly tookMs: number;
}

/**
 * Recomputes the whole chain from the rows, as one reader sees them at one moment, and compares it with its seals, with
 * where the sealer stood and with the signed heads. Reads only.
 */
export async function verifyAudit(db: Kysely<Database>, options: VerifyOptions = {}): Promise<Verification> {
  const started = performance.now();
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const walk = new ChainWalk(GENESIS);
      for await (const links of pages(tx)) {
        for (const link of links) walk.step(link);
        options.onProgress?.(walk.seq);
      }
      const { ownFiles = [], fileFaults = [], elsewhere = [], publicKey } = options;
      const table = await tableHeads(tx);
      const heads = [...table, ...ownFiles, ...elsewhere];
      const faults = [
        ...walk.faults(),
        ...(await checkSealer(tx, walk)),
        ...(await checkHeads(tx, heads, { seq: walk.seq, publicKey })),
        ...missingHeads(table, ownFiles),
        ...fileFaults,
        ...(await planted(tx)),
      ];
      return {
        ok: faults.length === 0,
        links: walk.links,
        seq: walk.seq,
        hash: walk.hash.toString('hex'),
        waiting: await countWaiting(tx),
        heads: heads.length,
        faults: faults.slice(0, FAULTS),
        tookMs: Math.round(performance.now() - started),
      };
    });
}

type SealedRow = Omit<ChainedRow, 'id'> & {
  readonly seq: number;
  readonly auditId: number;
  readonly hash: Buffer;
  readonly id: number | null;
};

async function* pages(tx: Tx): AsyncGenerator<readonly Link[]> {
  for (let after = 0, more = true; more;) {
    const { rows } = await sql<SealedRow>`
      select s.seq, s.audit_id as "auditId", s.hash, ${CHAINED}
      from (select * from audit_seal where seq > ${after} order by seq limit ${PAGE}) s
      left join audit a on a.id = s.audit_id order by s.seq`.execute(tx);
    yield rows.map(({ seq, auditId, hash, id, ...row }) => ({
      seq,
      auditId,
      hash,
      row: id === null ? null : { id, ...row },
    }));
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === PAGE;
  }
}

async function checkSealer(tx: Tx, walk: ChainWalk): Promise<readonly Fault[]> {
  const { rows } = await sql<{ seq: number; hash: Buffer }>`select seq, hash from audit_sealer`.execute(tx);
  const [mark] = rows;
  const fault = (seq: number, kind: Fault['kind'], text: string): readonly Fault[] => [
    { kind, seq, auditId: null, at: null, text },
  ];
  if (!mark) return fault(walk.seq, 'seal', '封存位置（audit_sealer）没有了');
  if (mark.seq > walk.seq)
    return fault(walk.seq + 1, 'cut', `尾部被截去：已封存到第 ${mark.seq} 环，链只到第 ${walk.seq} 环`);
  if (mark.seq < walk.seq)
    return fault(mark.seq + 1, 'planted', `链尾多出封条：只封存到第 ${mark.seq} 环，链却到第 ${walk.seq} 环`);
  return mark.hash.equals(walk.hash)
    ? []
    : fault(mark.seq, 'seal', '封条被改动：链尾的哈希与封存时记下的不符');
}

/** Rows that stand where everything was sealed already, without a seal: written past the sealer. */
async function planted(tx: Tx): Promise<readonly Fault[]> {
  const { rows } = await sql<{ id: number; at: number }>`
    select a.id, a.at from audit a
    where a.id <= (select floor from audit_sealer) and not exists (select from audit_seal s where s.audit_id = a.id)
    order by a.id limit ${FAULTS}`.execute(tx);
  return rows.map(({ id, at }) => ({
    kind: 'planted',
    seq: null,
    auditId: id,
    at,
    text: '没有封条的旧记录：它是后来插进去的，或它的封条被删除了',
  }));
}

async function countWaiting(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audit a
    where a.id > (select floor from audit_sealer) and not exists (select from audit_seal s where s.audit_id = a.id)`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}
