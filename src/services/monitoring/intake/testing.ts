import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { IntakeAuth, IntakeKind, IntakeSettings, Protocol } from '#model/monitoring';
import { SystemContext } from '#services/context';
import { PictureStore } from '#storage';
import { sql } from 'kysely';

import { registerDevice } from '../register-device.ts';
import { START, Station } from '../testing.ts';
import type { IntakeDesk } from './intake-desk.ts';
import { createSource } from './save-source.ts';
import { takePush } from './take-push.ts';

export const SECRET = 'a-secret-of-the-test';

interface SourceOptions {
  readonly auth?: IntakeAuth;
  readonly addresses?: string[];
  readonly settings?: IntakeSettings;
  readonly platform?: string;
}

/** A station whose doors for pushes are open, with a folder for pictures. */
export class IntakeStation {
  readonly station: Station;
  readonly folder: string;

  private constructor(station: Station, folder: string) {
    this.station = station;
    this.folder = folder;
  }

  static async open(): Promise<IntakeStation> {
    const station = await Station.open();
    await station.moveTo(START);
    return new IntakeStation(station, await mkdtemp(path.join(tmpdir(), 'puan-intake-')));
  }

  async close(): Promise<void> {
    await this.station.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  get intake(): IntakeDesk {
    const { ground, desk } = this.station;
    return { system: new SystemContext(ground), desk, pictures: new PictureStore(this.folder) };
  }

  async source(kind: IntakeKind, code: string, options: SourceOptions = {}): Promise<number> {
    const { source } = await createSource(this.station.request(), {
      body: {
        code,
        kind,
        name: `接入源 ${code}`,
        platform: options.platform ?? 'PD',
        auth: options.auth ?? 'url',
        secret: SECRET,
        addresses: options.addresses ?? [],
        settings: options.settings ?? {},
        simulated: false,
      },
    });
    return source.id;
  }

  push(kind: IntakeKind, source: string, body: unknown, told: Partial<Parameters<typeof takePush>[1]> = {}) {
    const raw = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const plain = {
      header: undefined,
      signature: undefined,
      address: '192.0.2.9',
      contentType: 'application/json',
    };
    return takePush(this.intake, { kind, source, token: SECRET, raw, ...plain, ...told });
  }

  async device(protocol: Protocol, code: string, factors: Readonly<Record<string, string>>): Promise<void> {
    await registerDevice(this.station.request(), this.station.desk, {
      code,
      protocol,
      points: Object.entries(factors).map(([factor, point]) => ({ factor, point, scale: 1, offset: 0 })),
      takeOver: true,
      simulated: false,
    });
  }

  /** What was refused of a source, by reason, once it is written down. */
  async refused(source: string): Promise<Readonly<Record<string, number>>> {
    await this.station.desk.ledger.write(this.station.db.storage);
    const { rows } = await sql<{ reason: string; count: number }>`
      select reason, count from frame_refusal where protocol = 'intake' and device_code = ${source}`.execute(
      this.station.db.storage.system,
    );
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  }
}
