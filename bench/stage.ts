import { Storage } from '#storage';
import { sql } from 'kysely';

import { Client } from '../test/client.ts';
import { plantPoints } from '../test/plant-points.ts';
import { postgresOf } from '../test/postgres-of.ts';
import { PASSWORD, PuanProcess } from '../test/puan-process.ts';

/** A Puan with many points, for measuring. */
export interface Stage {
  readonly puan: PuanProcess;
  readonly admin: Client;
  readonly gatewayToken: string;
  /** Codes of the points. */
  readonly points: readonly string[];
  /** Pids of the server and of every PostgreSQL process of this Puan. */
  pids(): readonly number[];
}

interface StageOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly made?: (puan: PuanProcess) => void;
}

/**
 * Starts an empty Puan, writes `count` points on as many objects straight into its tables (registering them one by one
 * is not what is measured), and starts it again so that the hot path holds them. Each has the four-level underpass sign.
 * `more` writes what else is wanted; `env` are settings of the process;
 * `made` is told of the Puan before anything of it runs.
 */
export async function setStage(
  count: number,
  more?: (storage: Storage) => Promise<void>,
  { env = {}, made }: StageOptions = {},
): Promise<Stage> {
  const puan = new PuanProcess({ env });
  made?.(puan);
  await puan.start();
  const url = puan.url;
  await puan.stop();
  await fill(puan, count, more);
  await puan.start();
  const admin = await new Client(url).as('district', PASSWORD);
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: 'bench',
    kind: 'gateway',
  });
  return {
    puan,
    admin,
    gatewayToken: token,
    points: Array.from({ length: count }, (_, i) => `bench.${i}`),
    pids: () => [puan.pid, ...postgresOf(puan.dataDir)],
  };
}

async function fill(
  puan: PuanProcess,
  count: number,
  more?: (storage: Storage) => Promise<void>,
): Promise<void> {
  const { EmbeddedPostgres } = await import('#storage');
  const postgres = await EmbeddedPostgres.start({ dataDir: puan.dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  await plantPoints(storage, count);
  await more?.(storage);
  await sql`vacuum analyze`.execute(storage.system);
  await storage.close();
  await postgres.stop();
}
