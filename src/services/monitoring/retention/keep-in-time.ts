import type { SettingKey } from '#model/platform';
import { auditRule, type SystemContext } from '#services/context';
import {
  type Forgotten,
  forgetChunks,
  forgetPages,
  HOURS,
  MINUTES,
  moveHorizon,
  type PictureStore,
  type Storage,
} from '#storage';

import { forgetMessages } from '../intake/keep-message.ts';
import { mayForget } from './may-forget.ts';
import { forgetPictures } from './forget-pictures.ts';
import { loadKeptDays } from './kept-days.ts';

const DAY_MS = 86_400_000;
/** Steps of one round and one kind: what is left is for the next. */
const STEPS = 50;
const RULE = 'keep-in-time';

/** What a round needs beside the database. */
export interface KeepingGround {
  readonly storage: Storage;
  readonly pictures: PictureStore;
  /** Called between two steps with the time the last one took (ms). */
  readonly rest?: (ms: number) => Promise<void>;
}

/**
 * Takes away what has been kept for its time (保存期限), the oldest first and in small steps; never what an open warning, order, fault
 * or known case rests on, and nothing while the clock is in doubt. What was taken is audited. Gives whether anything is left to take.
 */
export async function keepInTime(context: SystemContext, ground: KeepingGround): Promise<boolean> {
  if (!(await mayForget(context))) return false;
  const days = await context.transaction(loadKeptDays);
  const before = (key: SettingKey): number => context.now() - days(key) * DAY_MS;
  const { system } = ground.storage;
  const round = new Round(context, ground);
  // The chunks behind the horizon of the last round go before it moves on: by now nobody corrects readings there any more.
  await round.take('readings', () => forgetChunks(system));
  await round.moveOn(before('readings.kept-days'));
  await round.take('rolled-minutes', () => forgetPages(system, MINUTES.seconds, before('minutes.kept-days')));
  await round.take('rolled-hours', () => forgetPages(system, HOURS.seconds, before('hours.kept-days')));
  await round.take('pictures', () => forgetPictures(context, ground.pictures, before('pictures.kept-days')));
  await round.take('messages', () => forgetMessages(context, before('messages.kept-days')));
  return round.isMore;
}

class Round {
  readonly #context: SystemContext;
  readonly #ground: KeepingGround;
  isMore = false;

  constructor(context: SystemContext, ground: KeepingGround) {
    this.#context = context;
    this.#ground = ground;
  }

  async take(what: string, step: () => Promise<Forgotten>): Promise<void> {
    const sum = { rows: 0, readings: 0 };
    for (let steps = 0, isAll = false; !isAll; steps += 1) {
      if (steps === STEPS) {
        this.isMore = true;
        break;
      }
      const began = performance.now();
      const done = await step();
      ({ isAll } = done);
      sum.rows += done.rows;
      sum.readings += done.readings;
      await this.#ground.rest?.(performance.now() - began);
    }
    if (sum.rows > 0) await this.#note(`${what}.forgotten`, what, { ...sum });
  }

  async moveOn(before: number): Promise<void> {
    const keptFrom = await moveHorizon(this.#ground.storage.system, before);
    if (keptFrom === undefined) return;
    this.isMore = true;
    await this.#note('readings.rolled-up', 'readings', { keptFrom });
  }

  async #note(action: string, subject: string, after: Readonly<Record<string, number>>): Promise<void> {
    await this.#context.transaction((tx) =>
      auditRule(tx, { rule: RULE, at: this.#context.now() }, [{ action, subject, after }]),
    );
  }
}
