import { setTimeout as sleep } from 'node:timers/promises';

import { newestSeq } from '#bus';
import type { ChainStage } from '#model/operations';
import { rankOf } from '#model/warning';
import {
  type ChainPlan,
  findAlarm,
  findSign,
  findStored,
  openMarkedSession,
  openStand,
  planTest,
  type TestStand,
  type Traced,
} from '#services/monitoring';
import { describeTest, type WaitingTest } from '#services/operations';
import { openTestToken, type TestPeople } from '#services/platform';
import { findTestOrder, type TestHands, workTestOrder } from '#services/response';
import { findTestWarning } from '#services/warning';
import type { Database } from '#storage';
import type { TestPlan } from '#workflow';
import type { Kysely } from 'kysely';

import type { ChainGround } from './chain-ground.ts';
import { ChainBroken, NoChain } from './outcome.ts';
import { sendHj212 } from './send-hj212.ts';
import { sendHttp } from './send-http.ts';
import { sendMqtt } from './send-mqtt.ts';

const FIRST_LOOK_MS = 5;
const LONGEST_PAUSE_MS = 250;
const SENDERS = { hj212: sendHj212, http: sendHttp, mqtt: sendMqtt };

interface Parts {
  readonly test: WaitingTest;
  readonly hands: TestHands;
  readonly people: TestPeople;
}

/** What a run has found out before it begins. */
interface Found {
  readonly chain: ChainPlan;
  readonly plan: TestPlan;
  readonly stand: TestStand;
  readonly session: number;
  readonly token: string;
  readonly afterSeq: number;
  readonly since: number;
}

type Reading = { readonly at: number; readonly value: number };

/** One walk through the whole chain. */
export class ChainRun {
  readonly #app: ChainGround;
  readonly #parts: Parts;
  readonly #found: Found;
  readonly #breach: readonly Reading[];
  readonly #normal: readonly Reading[];

  private constructor(app: ChainGround, parts: Parts, found: Found) {
    this.#app = app;
    this.#parts = parts;
    this.#found = found;
    const { plan, since } = found;
    const count = plan.breachReadings + plan.normalReadings;
    // By the data's clock, which ends about now: whole seconds, as devices write them.
    const first = Math.floor(since / 1000) * 1000 - (count - 1) * plan.stepSeconds * 1000;
    const readings = Array.from({ length: count }, (_, i) => ({
      at: first + i * plan.stepSeconds * 1000,
      value: i < plan.breachReadings ? plan.breach : plan.normal,
    }));
    this.#breach = readings.slice(0, plan.breachReadings);
    this.#normal = readings.slice(plan.breachReadings);
  }

  /** Prepares the test: its sign, its stand, its session. Throws {@link NoChain} where the standard has no sign for it. */
  static async open(app: ChainGround, parts: Parts): Promise<ChainRun> {
    const { system, desk, ground } = app;
    const { test, people } = parts;
    const db = ground.storage.system;
    const chain = await planTest(db, test.scenario, system.now());
    if (!chain?.plan) throw new NoChain('现行业务标准里没有可用来自检的体征（须比较实测值、限值为数字）');
    const { plan, scenario, protocol } = chain;
    const stand = await openStand(system, desk, { scenario, element: plan.sign.element, protocol });
    const token = await openTestToken(system, { device: stand.device, account: people.handler.accountId });
    const afterSeq = await newestSeq(db as unknown as Kysely<never>);
    const since = system.now();
    const session = await openMarkedSession(system, desk, {
      name: `链路自检 ${scenario.name}`,
      kind: 'self-test',
      device: stand.device,
    });
    const level = rankOf(plan.level);
    await describeTest(system, test, {
      protocol,
      element: plan.sign.element,
      sign: plan.sign.code,
      level,
      session,
    });
    return new ChainRun(app, parts, { chain, plan, stand, session, token, afterSeq, since });
  }

  /** The stages in their order; each gives what it found, or throws why it was not reached. */
  stages(): readonly (readonly [ChainStage, () => Promise<string>])[] {
    const db = this.#db;
    return [
      ['gateway', () => this.#send(this.#breach)],
      ['stored', () => this.#look(() => findStored(db, this.#traced))],
      ['sign', () => this.#look(() => findSign(db, this.#traced))],
      ['alarm', () => this.#look(() => findAlarm(db, this.#traced))],
      ['warning', () => this.#look(async () => (await this.#warning())?.reason)],
      ['order', () => this.#look(async () => sentence(await this.#order(), '已开'))],
      ['receipt', () => this.#work('cleared')],
      ['recovery', () => this.#recover()],
      ['closing', () => this.#close()],
    ];
  }

  get #db(): Kysely<Database> {
    return this.#app.ground.storage.system;
  }

  get #traced(): Traced {
    const { stand, session, plan, since, afterSeq } = this.#found;
    const observedAt = this.#breach.at(-1)?.at ?? 0;
    return { point: stand.point, session, sign: plan.sign.code, observedAt, since, afterSeq };
  }

  async #send(readings: readonly Reading[]): Promise<string> {
    const { chain, stand, token } = this.#found;
    const { config, gateways, httpPort } = this.#app;
    const port = chain.protocol === 'http' ? httpPort : gateways.portOf(chain.protocol);
    if (port === undefined) throw new ChainBroken(`${chain.protocol} 网关没有监听`);
    const signal = AbortSignal.timeout(this.#parts.test.limitMs);
    const { deviceCode, factor, pointCode } = stand;
    const host = hostOf(config.bind);
    const tls = config.tls !== undefined;
    try {
      await SENDERS[chain.protocol]({
        host,
        port,
        tls,
        signal,
        deviceCode,
        token,
        factor,
        point: pointCode,
        readings,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ChainBroken(`${chain.protocol} 网关（${host}:${port}）：${reason}`, { cause: error });
    }
    return `${readings.length} 条报文经 ${chain.protocol} ${host}:${port} 送到并有应答`;
  }

  /** Looks again and again until something is found; ever less often. */
  async #look(find: () => Promise<string | undefined>): Promise<string> {
    const { limitMs } = this.#parts.test;
    const until = performance.now() + limitMs;
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const found = await find();
      if (found !== undefined) return found;
      if (performance.now() >= until) throw new ChainBroken(`${Math.round(limitMs / 1000)} 秒内没有等到`);
      await sleep(pause);
    }
  }

  #warning() {
    const { stand, session, plan } = this.#found;
    return findTestWarning(this.#db, { object: stand.object, session, item: plan.sign.item });
  }

  async #order() {
    const warning = await this.#warning();
    return warning && findTestOrder(this.#db, warning.id);
  }

  async #work(until: 'cleared' | 'closed'): Promise<string> {
    const order = await this.#order();
    if (!order) throw new ChainBroken('工单不见了');
    await workTestOrder(this.#parts.hands, order, until);
    const done = await this.#order();
    return sentence(done, until === 'cleared' ? '已签收并处置完毕' : '已复核结案') ?? '';
  }

  async #recover(): Promise<string> {
    await this.#send(this.#normal);
    return this.#look(async () => {
      const warning = await this.#warning();
      return warning && warning.state !== 'open'
        ? `预警 ${warning.id} 恢复正常：${warning.reason}`
        : undefined;
    });
  }

  async #close(): Promise<string> {
    const closed = await this.#work('closed');
    return this.#look(async () => {
      const warning = await this.#warning();
      return warning?.state === 'closed' ? `${closed}，预警 ${warning.id} 结案` : undefined;
    });
  }
}

function sentence(order: { readonly code: string } | undefined, what: string): string | undefined {
  return order && `工单 ${order.code} ${what}`;
}

/** Where a server that listens there is reached from this machine. */
function hostOf(bind: string): string {
  if (bind === '0.0.0.0') return '127.0.0.1';
  return bind === '::' ? '::1' : bind;
}
