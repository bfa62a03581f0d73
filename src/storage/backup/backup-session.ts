import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import pg from 'pg';

import { clientConfig, type DatabaseLocation } from '../connection.ts';
import type { Source } from './backup-files.ts';

/** What PostgreSQL says of a backup. */
interface Ended {
  /** To be written as `backup_label`, byte for byte. */
  readonly label: string;
  readonly tablespaces: string;
  /** Where its log ends. */
  readonly to: string;
}

const SEGMENT = /^[0-9A-F]{24}$/u;

/**
 * One base backup through the low-level interface (PostgreSQL 18, §25.3.4). The log that it needs is kept by a slot of this
 * session; both end with the session, however that ends.
 */
export class BackupSession {
  readonly cluster: string;
  readonly server: { readonly version: string; readonly system: string };
  readonly from: string;
  readonly #client: pg.Client;

  private constructor(
    client: pg.Client,
    facts: {
      readonly cluster: string;
      readonly version: string;
      readonly system: string;
      readonly from: string;
    },
  ) {
    this.#client = client;
    this.cluster = facts.cluster;
    this.server = { version: facts.version, system: facts.system };
    this.from = facts.from;
  }

  static async begin(location: DatabaseLocation, label: string): Promise<BackupSession> {
    const client = new pg.Client(clientConfig(location));
    // A connection that is gone makes the next question fail, which is where it is told.
    client.on('error', () => undefined);
    await client.connect();
    try {
      // A checkpoint while the files are copied would else recycle the log they need.
      await client.query(
        `select pg_create_physical_replication_slot('puan_backup_' || pg_backend_pid(), true, true)`,
      );
      const { rows } = await client.query<{ cluster: string; version: string; system: string; from: string }>(
        `select current_setting('data_directory') as cluster, current_setting('server_version') as version,
          (select system_identifier::text from pg_control_system()) as system, pg_backup_start($1, true)::text as from`,
        [label],
      );
      const [facts] = rows;
      if (!facts) throw new Error('PostgreSQL did not begin the backup');
      return new BackupSession(client, facts);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** Ends the backup when every file is copied. */
  async stop(): Promise<Ended> {
    const { rows } = await this.#client.query<{ label: string; tablespaces: string | null; to: string }>(
      `select labelfile as label, spcmapfile as tablespaces, lsn::text as to from pg_backup_stop(false)`,
    );
    const [ended] = rows;
    if (!ended) throw new Error('PostgreSQL did not end the backup');
    return { ...ended, tablespaces: ended.tablespaces ?? '' };
  }

  /** The segments of the log from the backup's start to its end. Throws when one of them is not there any more. */
  async log(to: string): Promise<readonly Source[]> {
    const { rows } = await this.#client.query<{ first: string; last: string }>(
      'select pg_walfile_name($1) as first, pg_walfile_name($2::pg_lsn - 1) as last',
      [this.from, to],
    );
    const { first = '', last = '' } = rows[0] ?? {};
    const folder = path.join(this.cluster, 'pg_wal');
    const names = (await readdir(folder)).filter(
      (name) => SEGMENT.test(name) && name >= first && name <= last,
    );
    if (!names.includes(first) || !names.includes(last))
      throw new Error('the log of the backup is not whole');
    return Promise.all(
      names
        .toSorted((a, b) => (a < b ? -1 : 1))
        .map(async (name) => {
          const file = path.join(folder, name);
          const { size } = await stat(file);
          return { name: `postgres/pg_wal/${name}`, path: file, kind: 'file' as const, size };
        }),
    );
  }

  /** Lets the log go. A backup that was not ended is none. */
  async close(): Promise<void> {
    await this.#client.end();
  }
}
