import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { Fault } from './fault.ts';
import { isSigned, type SignedHead } from './head-key.ts';

/** A head and where it was kept: in the table, or in a file. */
export interface KeptHead {
  readonly head: SignedHead;
  readonly from: string;
}

/** The heads in the table, the oldest first. */
export async function tableHeads(tx: Tx): Promise<readonly KeptHead[]> {
  const { rows } = await sql<{
    day: string;
    seq: number;
    hash: Buffer;
    signed_at: number;
    signature: Buffer;
    public_key: Buffer;
  }>`select day, seq, hash, signed_at, signature, public_key from audit_head order by day`.execute(tx);
  return rows.map((row) => ({
    from: '表',
    head: {
      day: row.day,
      seq: row.seq,
      hash: row.hash.toString('hex'),
      signedAt: row.signed_at,
      signature: row.signature.toString('base64'),
      publicKey: row.public_key.toString('base64'),
    },
  }));
}

/**
 * Compares the chain with every signed head. Whoever rewrites the chain can make it fit itself again, but not a head that
 * was signed before; the place is between the last head that still fits and the first that does not.
 */
export async function checkHeads(
  tx: Tx,
  heads: readonly KeptHead[],
  chain: { readonly seq: number; readonly publicKey: string | undefined },
): Promise<readonly Fault[]> {
  const forged = heads.filter(({ head }) => !isOurs(head, chain.publicKey ?? heads[0]?.head.publicKey));
  const sound = heads.filter((one) => !forged.includes(one)).toSorted((a, b) => a.head.seq - b.head.seq);
  const stored = await hashesOf(
    tx,
    sound.map(({ head }) => head.seq),
  );
  const faults: Fault[] = [];
  let good = 0;
  for (const { head, from } of sound) {
    const found = stored.get(head.seq);
    if (found === head.hash) {
      good = head.seq;
    } else if (head.seq > chain.seq) {
      faults.push(
        at(
          chain.seq + 1,
          'cut',
          `尾部被截去：${whose(head, from)}签到第 ${head.seq} 环，链只到第 ${chain.seq} 环`,
        ),
      );
    } else if (found !== undefined) {
      const span = `第 ${good + 1}—${head.seq} 环之间`;
      faults.push(at(good + 1, 'rewritten', `链被重新计算过：${span}与${whose(head, from)}不符`));
    }
  }
  return [
    ...faults,
    ...forged.map(({ head, from }) => at(head.seq, 'head', `${whose(head, from)}是伪造的：签名或密钥不对`)),
  ];
}

/** Days whose head was signed into our own folder and is no longer in the table. */
export function missingHeads(table: readonly KeptHead[], files: readonly KeptHead[]): readonly Fault[] {
  const days = new Set(table.map(({ head }) => head.day));
  return files
    .filter(({ head }) => !days.has(head.day))
    .map(({ head, from }) => at(head.seq, 'head', `${head.day} 的签名头在表里没有了，文件 ${from} 里还有`));
}

function isOurs(head: SignedHead, publicKey: string | undefined): boolean {
  return head.publicKey === publicKey && isSigned(head);
}

function whose(head: SignedHead, from: string): string {
  return `${head.day} 的签名头（${from}）`;
}

function at(seq: number, kind: Fault['kind'], text: string): Fault {
  return { kind, seq, auditId: null, at: null, text };
}

async function hashesOf(tx: Tx, seqs: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from audit_seal where seq = any(${[...seqs]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.seq, row.hash.toString('hex')]));
}
