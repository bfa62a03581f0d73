import { readFileSync } from 'node:fs';

import type { Clock } from '#base';
import { Dispatcher, newestSeq, Subscriber, Turns } from '#bus';
import { AddressGuard } from '#outlets/call';
import { Mailroom } from '#services/command';
import { type Ground, SystemContext } from '#services/context';
import {
  DeviceBook,
  GatewayLedger,
  Ingest,
  type IntakeDesk,
  loadDevices,
  type MonitoringDesk,
  NoteStore,
  recover,
  seedGateways,
} from '#services/monitoring';
import { createFindActor, type FindActor, IdentityProvider, onForget } from '#services/platform';
import { ensureReadingPartitions, keepPlans, PictureStore, type Storage, type Vault } from '#storage';
import type { Kysely } from 'kysely';

import { AuditWorkers } from './audit-workers.ts';
import { channelSenders } from './channel-senders.ts';
import type { Config } from './config.ts';
import { DatabasePulse } from './database-pulse.ts';
import type { OpenDatabase } from './database.ts';
import { Reconciler } from './reconciler.ts';
import { startRounds } from './rounds.ts';
import { GATEWAY_PROTOCOLS } from './gateway-starters.ts';
import { Gateways } from './gateways.ts';
import { EventStreams } from './http/event-stream.ts';
import type { Log } from './log.ts';
import { Deployment } from './deployment.ts';
import { DeviceCredentials } from './device-credentials.ts';
import { type Feeds, openFeeds, sensorThingsReader } from './sensorthings-reader.ts';
import { StandardClock } from './standard-clock.ts';
import { subscriptions } from './subscriptions.ts';

/** Up to so many, what follows events is planned once and for all; beyond, for what it is. */
const FEW_EVENTS = 20;

/** Everything that runs in one process, put together once. */
export class App {
  readonly config: Config;
  readonly log: Log;
  readonly storage: Storage;
  readonly clock: Clock = { now: () => Date.now() };
  readonly desk: MonitoringDesk;
  readonly ground: Ground;
  readonly system: SystemContext;
  readonly streams: EventStreams;
  readonly gateways: Gateways;
  readonly deployment: Deployment;
  readonly identity: IdentityProvider;
  readonly intake: IntakeDesk;
  /** Refused requests by code, since the start. */
  readonly refusals = new Map<string, number>();
  readonly findActor: FindActor;
  readonly pulse: DatabasePulse;
  readonly reconciler: Reconciler;
  readonly mailroom: Mailroom;
  /** Of whatever follows events or keeps the record. */
  readonly turns = new Turns();
  /** Where HTTP is listened on, once it is. */
  httpPort: number | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #feeds: Feeds;
  #subscribers: Subscriber<never>[] = [];
  #loops: (() => Promise<void>)[] = [];
  #audit: AuditWorkers | undefined;

  private constructor(parts: {
    readonly config: Config;
    readonly log: Log;
    readonly storage: Storage;
    readonly vault: Vault;
    readonly desk: Omit<MonitoringDesk, 'ingest'>;
    readonly ingest: (afterCommit: () => void) => Ingest;
    readonly feeds: Feeds;
  }) {
    this.config = parts.config;
    this.log = parts.log;
    this.storage = parts.storage;
    this.#feeds = parts.feeds;
    this.pulse = new DatabasePulse(() => newestSeq(this.events));
    this.#dispatcher = new Dispatcher(this.events, (error) =>
      this.log.warn('事件暂时发不出去，稍后重试', error),
    );
    const poke = (): void => this.#dispatcher.poke();
    this.ground = { storage: parts.storage, clock: this.clock, vault: parts.vault, poke };
    this.system = new SystemContext(this.ground);
    this.desk = { ...parts.desk, ingest: parts.ingest(poke) };
    this.reconciler = new Reconciler(this);
    const guard = new AddressGuard(parts.config.webhookInside);
    this.mailroom = new Mailroom(
      channelSenders(guard, () => this.clock.now()),
      parts.config.publicUrl,
    );
    this.intake = {
      system: this.system,
      desk: this.desk,
      pictures: new PictureStore(parts.config.dataDir),
    };
    this.streams = new EventStreams(this);
    this.deployment = new Deployment(this.desk, this.streams);
    this.identity = new IdentityProvider(parts.config.identity);
    this.findActor = createFindActor(this.ground);
    this.gateways = new Gateways({
      config: parts.config,
      log: parts.log,
      desk: this.desk,
      credentials: new DeviceCredentials(this.findActor, this.desk.devices, (actor) =>
        sensorThingsReader({ ground: this.ground, feeds: parts.feeds, config: parts.config }, actor),
      ),
      notes: new NoteStore(this.intake),
      readTls: () => this.readTls(),
    });
    onForget(() => this.streams.recheck());
  }

  /** Loads what memory holds and starts every worker and gateway; HTTP is the caller's. */
  static async start(
    config: Config,
    log: Log,
    database: OpenDatabase & { readonly vault: Vault },
  ): Promise<App> {
    const { storage, vault } = database;
    await ensureReadingPartitions(storage.system, Date.now());
    const ledger = new GatewayLedger(() => Date.now());
    const devices = new DeviceBook(ledger, vault);
    const recovered = await recover(storage);
    await loadDevices(storage.system, devices);
    const feeds = openFeeds(ledger, log);
    const app = new App({
      feeds,
      config,
      log,
      storage,
      vault,
      desk: { devices, ledger },
      ingest: (afterCommit) =>
        new Ingest(
          {
            location: storage.location,
            clock: { now: () => Date.now() },
            recover: async () => {
              await ensureReadingPartitions(storage.system, Date.now());
              return recover(storage);
            },
            afterCommit,
            afterStored: (group, late) => feeds.observations.stored(group, late),
            onError: (error) => log.warn('读数没有写入，等数据库恢复', error),
          },
          recovered,
        ),
    });
    await app.desk.ingest.start();
    try {
      app.#startWorkers();
      await app.gateways.start(await seedGateways(app.system, GATEWAY_PROTOCOLS));
      return app;
    } catch (error) {
      await app.stop();
      throw error;
    }
  }

  /** The event tables, for the bus. */
  get events(): Kysely<never> {
    return this.storage.system as unknown as Kysely<never>;
  }

  /** Ready to take data: the hot path writes, the database answers. */
  async ready(): Promise<boolean> {
    return !this.desk.ingest.down && (await this.pulse.beats());
  }

  newestSeq(): Promise<number> {
    return newestSeq(this.events);
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  readTls(): { readonly cert: Buffer; readonly key: Buffer } {
    const { tls } = this.config;
    return { cert: readFileSync(tls?.cert ?? ''), key: readFileSync(tls?.key ?? '') };
  }

  /** In the order of the data's way: doors first, then what is under way, then the workers. */
  async stop(): Promise<void> {
    this.streams.close();
    await this.gateways.stop();
    await this.desk.ingest.stop();
    await Promise.all(this.#loops.map((stop) => stop()));
    await this.writeLedger({ all: true }).catch((error: unknown) => this.log.warn('计数没有写下', error));
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.stop()));
    await this.#audit?.stop();
    await this.#dispatcher.stop();
    await this.storage.close();
  }

  #startWorkers(): void {
    const failed = (what: string) => (error: unknown) =>
      this.log.warn(`${what}这一轮没有完成，稍后重试`, error);
    this.#dispatcher.listen((events) => this.streams.publish(events));
    this.#dispatcher.listen((events) => this.#feeds.entities.publish(events));
    const standards = new StandardClock(this.system, {
      struck: () => void this.desk.ingest.tick(),
      failed: failed('业务标准生效'),
    });
    const followed = subscriptions(() => this.clock.now(), this.desk, {
      momentsChanged: () => standards.lookAgain(),
      held: (version, at) => this.deployment.held(version, at),
    });
    this.reconciler.follow(followed);
    this.#subscribers = followed.map(
      (subscription) =>
        new Subscriber(this.storage.followers, subscription, {
          turns: this.turns,
          prepare: async (tx, count) => (count <= FEW_EVENTS ? keepPlans(tx) : undefined),
          afterCommit: () => this.#dispatcher.poke(),
          onError: (name, error) => this.log.error(`事件处理 ${name} 没有完成，将重试`, error),
        }) as unknown as Subscriber<never>,
    );
    for (const subscriber of this.#subscribers) subscriber.start(this.#dispatcher);
    this.#dispatcher.start();
    this.#audit = new AuditWorkers(this);
    this.#loops = [() => standards.stop(), ...startRounds(this)];
  }

  /** Counts of frames and refusals, and who came into quarantine; `all`: nothing is left for a later round. */
  async writeLedger({ all = false } = {}): Promise<void> {
    const strangers = await this.desk.ledger.write(this.storage, { all });
    for (const { protocol, code, address } of strangers) {
      this.log.info(`隔离区来了新设备：${protocol} ${code}（${address}）`);
    }
  }
}
