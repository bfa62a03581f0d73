import { fromBeijing, toBeijing } from '#base';
import type { Storage } from '#storage';
import { type Ground, SystemContext } from '#services/context';
import { writeOverdueList } from '#services/response';
import { sql } from 'kysely';

import type { PuanProcess } from '../test/puan-process.ts';
import { openOwnStorage } from './own-storage.ts';

const DAY_MS = 86_400_000;
const HALF_PAST_NINE_MS = 9.5 * 3_600_000;

/** Moves the limits of a running Puan in time, so that nobody has to wait for them. */
export class LimitClock {
  readonly #storage: Storage;

  private constructor(storage: Storage) {
    this.#storage = storage;
  }

  static async open(puan: PuanProcess): Promise<LimitClock> {
    return new LimitClock(await openOwnStorage(puan));
  }

  /** The limits of open orders began so many hours earlier; the next round finds what is late by that. */
  async agedLimits(hours: number): Promise<void> {
    await sql`update deadline set started_at = started_at - make_interval(hours => ${hours}),
        due_at = due_at - make_interval(hours => ${hours}), next_at = now()
      where met_at is null and stopped_at is null and next_at is not null`.execute(this.#storage.system);
  }

  /** The words of running drills are due now, whatever their script says. */
  async drillWordsNow(): Promise<void> {
    await sql`update drill_act set due_at = now() where fired_at is null and to_role is not null`.execute(
      this.#storage.system,
    );
  }

  /** Writes 超期未结案清单 of tomorrow, as the server does when its hour has come. */
  async writeTomorrowsList(vault: Ground['vault']): Promise<number> {
    const { year, month, day } = toBeijing(Date.now() + DAY_MS);
    const ground = {
      storage: this.#storage,
      clock: { now: () => fromBeijing(year, month, day, HALF_PAST_NINE_MS) },
      poke: () => undefined,
      vault,
    };
    return writeOverdueList(new SystemContext(ground));
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}
