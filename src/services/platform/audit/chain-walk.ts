import type { ChainedRow } from './canonical-row.ts';
import { linkHash } from './chain.ts';
import type { Fault } from './fault.ts';

/** A seal and the row it speaks of; null when that row is gone. */
export interface Link {
  readonly seq: number;
  readonly auditId: number;
  readonly hash: Buffer;
  readonly row: ChainedRow | null;
}

interface Suspect {
  readonly link: Link & { readonly row: ChainedRow };
  readonly previous: Buffer;
  readonly computed: Buffer;
}

/** Rows among which the one that belongs elsewhere is looked for; a chain broken more often is broken wholesale. */
const COMPARED = 200;

/**
 * Goes along the chain link by link. After a broken one it goes on from the stored hash, so that every broken link is found
 * and not everything behind the first.
 */
export class ChainWalk {
  links = 0;
  seq = 0;
  hash: Buffer;
  /** Undefined behind a gap: the hash the next link was made over is not there. */
  #previous: Buffer | undefined;
  readonly #faults: Fault[] = [];
  readonly #suspects: Suspect[] = [];
  #last: Suspect | undefined;

  constructor(genesis: Buffer) {
    this.hash = genesis;
    this.#previous = genesis;
  }

  step(link: Link): void {
    if (link.seq !== this.seq + 1) this.#gap(this.seq + 1, link.seq - 1);
    const before = this.#last;
    this.#last = undefined;
    if (link.row === null) this.#deleted(link);
    else if (this.#previous !== undefined) this.#compare({ ...link, row: link.row }, this.#previous, before);
    this.links += 1;
    this.seq = link.seq;
    this.hash = link.hash;
    this.#previous = link.hash;
  }

  /** What was found, in the order of the chain. */
  faults(): readonly Fault[] {
    const explained = this.#suspects.map((suspect) => this.#explain(suspect));
    return [...this.#faults, ...explained].toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  }

  #compare(link: Link & { readonly row: ChainedRow }, previous: Buffer, before: Suspect | undefined): void {
    const computed = linkHash(previous, link.seq, link.row);
    if (computed.equals(link.hash)) return;
    // The row before fits with the hash it should have had: not the row was changed there, but its seal.
    if (before && linkHash(before.computed, link.seq, link.row).equals(link.hash)) {
      this.#suspects.splice(this.#suspects.indexOf(before), 1);
      this.#faults.push(
        faultAt(before.link, 'seal', '封条被改动：记录本身与下一环相符，封条上的哈希不是它的'),
      );
      return;
    }
    this.#last = { link, previous, computed };
    if (this.#suspects.length < COMPARED) this.#suspects.push(this.#last);
  }

  #explain({ link, previous }: Suspect): Fault {
    const other = this.#suspects.find(
      ({ link: one }) => one.seq !== link.seq && linkHash(previous, link.seq, one.row).equals(link.hash),
    );
    return other
      ? faultAt(link, 'swapped', `顺序被调换：第 ${link.seq} 环原来是记录 ${other.link.auditId}`)
      : faultAt(link, 'changed', '内容被改动：按现在的内容重算，与封存时的哈希不符');
  }

  #deleted(link: Link): void {
    this.#faults.push({
      kind: 'deleted',
      seq: link.seq,
      auditId: link.auditId,
      at: null,
      text: '记录被删除：封条还在，记录没有了',
    });
  }

  #gap(from: number, to: number): void {
    this.#previous = undefined;
    const numbers = from === to ? `第 ${from} 环` : `第 ${from}—${to} 环`;
    this.#faults.push({
      kind: 'gap',
      seq: from,
      auditId: null,
      at: null,
      text: `断号：${numbers}的封条没有了`,
    });
  }
}

function faultAt(link: Link & { readonly row: ChainedRow }, kind: Fault['kind'], text: string): Fault {
  return { kind, seq: link.seq, auditId: link.auditId, at: Math.floor(Number(link.row.at) / 1000), text };
}
