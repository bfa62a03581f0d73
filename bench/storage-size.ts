import { rollPages, type Storage } from '#storage';
import { sql } from 'kysely';

import { print } from './machine.ts';

interface Peer {
  readonly name: string;
  readonly bytes: number;
}

/** What is known of them: Prometheus 1–2 B a sample, Zabbix about 90 B a value. */
export const PROMETHEUS: Peer = { name: 'Prometheus', bytes: 1.5 };
export const ZABBIX: Peer = { name: 'Zabbix 6.0', bytes: 90 };

/** Makes every roll-up that is waiting, as the packer does after packing. */
export async function rollUp(system: Storage['system']): Promise<number> {
  let pages = 0;
  for (let isAll = false; !isAll;) {
    const done = await rollPages(system, Date.now());
    ({ isAll } = done);
    pages += done.pages;
  }
  return pages;
}

interface Sizes {
  readonly chunks: number;
  readonly rolled: number;
  readonly hot: number;
}

/** Bytes of the chunks, of the roll-ups, and of the partitions, with their indexes. */
export async function sizes(system: Storage['system']): Promise<Sizes> {
  const { rows } = await sql<Sizes>`select pg_total_relation_size('reading_chunk')::float8 as chunks,
    pg_total_relation_size('rolled_page')::float8 as rolled,
    (select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8 from pg_inherits where inhparent = 'reading'::regclass) as hot`.execute(
    system,
  );
  return rows[0] ?? { chunks: 0, rolled: 0, hot: 0 };
}

/** Bytes a reading, beside those of a peer. */
export function printBytes(name: string, bytes: number, peer: Peer, note: string): void {
  print({
    name,
    value: hundredths(bytes),
    unit: 'B/reading',
    peer: peer.name,
    peer_value: peer.bytes,
    ratio: hundredths(peer.bytes / bytes),
    note,
  });
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
