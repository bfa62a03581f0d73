import { AppError } from '#base';
import type { ChainStage } from '#model/operations';
import { RequestContext } from '#services/context';
import { endMarkedSessions } from '#services/monitoring';
import {
  fileStage,
  finishTest,
  interruptTests,
  queueDailyTest,
  startWaitingTest,
  type TestEnd,
  type WaitingTest,
} from '#services/operations';
import { openTestPeople, type TestPeople } from '#services/platform';
import { closeTestOrders, type TestHands } from '#services/response';

import type { ChainGround } from './chain-ground.ts';
import { ChainRun } from './chain-run.ts';
import { ChainBroken, NoChain } from './outcome.ts';

const MINUTE_MS = 60_000;

/**
 * Runs the chain tests (链路自检) that wait, one after the other, and queues the daily ones. A test plays in a session of its own
 * and comes in by a real socket; from there on everything is the system's own work (decision 0031).
 */
export class ChainTests {
  readonly #app: ChainGround;
  #people: TestPeople | undefined;
  #nextLookAt = performance.now() + MINUTE_MS;

  constructor(app: ChainGround) {
    this.#app = app;
  }

  /** Looks for a test that waits and runs it. Called every second; most of the time nothing waits. */
  async round(): Promise<void> {
    const { system } = this.#app;
    if (this.#people === undefined) await interruptTests(system);
    this.#people ??= await openTestPeople(system);
    if (performance.now() >= this.#nextLookAt) {
      this.#nextLookAt = performance.now() + MINUTE_MS;
      await this.#tidy();
      if (this.#app.config.chainTests) await queueDailyTest(system);
    }
    const test = await startWaitingTest(system);
    if (test) await this.#run(test, this.#people);
  }

  async #run(test: WaitingTest, people: TestPeople): Promise<void> {
    const { system, log } = this.#app;
    const end = await this.#walk(test, people);
    // However it ended: nothing of it stays open. What a stopped part brings later is closed by a later round.
    try {
      await this.#tidy();
    } catch (error) {
      log.warn('链路自检没有收拾干净，稍后再收拾', error);
    }
    await finishTest(system, test, end);
    if (end.state === 'broken')
      log.error(`链路自检 ${test.scenarioName} 断在 ${end.stage}`, new Error(end.reason));
  }

  /** Stage by stage, each timed from the one before; the first that is not reached in time is where the chain is broken. */
  async #walk(test: WaitingTest, people: TestPeople): Promise<TestEnd> {
    const { system } = this.#app;
    let at: ChainStage = 'gateway';
    let since = performance.now();
    const passed = (): number => performance.now() - since;
    try {
      await this.#tidy();
      const run = await ChainRun.open(this.#app, { test, hands: this.#handsOf(people), people });
      since = performance.now();
      for (const [stage, reach] of run.stages()) {
        at = stage;
        const text = await reach();
        await fileStage(system, test, { stage, ms: passed(), ok: true, text });
        since = performance.now();
      }
      return { state: 'passed' };
    } catch (error) {
      if (error instanceof NoChain) return { state: 'interrupted', reason: error.message };
      const reason = reasonOf(error);
      await fileStage(system, test, { stage: at, ms: passed(), ok: false, text: reason });
      return { state: 'broken', stage: at, reason };
    }
  }

  /** Ends what earlier tests have left: sessions, and orders that a stopped part brought late. */
  async #tidy(): Promise<void> {
    const { system, desk, ground } = this.#app;
    await endMarkedSessions(system, desk, { kind: 'self-test' });
    if (this.#people) await closeTestOrders(ground.storage.system, this.#handsOf(this.#people));
  }

  #handsOf({ handler, reviewer }: TestPeople): TestHands {
    const { ground } = this.#app;
    return {
      handler: () => new RequestContext(ground, handler),
      reviewer: () => new RequestContext(ground, reviewer),
    };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ChainBroken || error instanceof AppError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
