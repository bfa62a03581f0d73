import type { SystemContext } from '#services/context';
import { LagWatch, RefusalWatch } from '#workflow';

import { districtPlace } from './find-subject.ts';
import { settleRound } from './settle-round.ts';
import { watchClocks } from './watch-clocks.ts';
import {
  watchChannels,
  watchFactors,
  watchQuarantine,
  watchReviews,
  watchWebhooks,
} from './watch-desk-work.ts';
import { watchFrames } from './watch-frames.ts';
import { type HouseFinding, watchHouse } from './watch-house.ts';
import { watchServerClock } from './watch-server-clock.ts';
import { watchSilence } from './watch-silence.ts';
import { watchWatchdogs } from './watchdog/watchdogs.ts';

/** What only the running server knows. */
export interface HouseFacts {
  readonly findings: readonly HouseFinding[];
  /** Since when (epoch ms) it can have heard its devices: its start, or the end of its last outage. */
  readonly listeningSince: number;
}

/** Looks for what is technically wrong and keeps the faults by it. One for the life of the process: it remembers counts. */
export class FaultWatch {
  readonly #context: SystemContext;
  readonly #refusals = new RefusalWatch();
  readonly #lags = new LagWatch();

  constructor(context: SystemContext) {
    this.#context = context;
  }

  /** One round of every rule, in one transaction. Before the platform tree is loaded there is no place for a fault. */
  async look({ findings, listeningSince }: HouseFacts): Promise<void> {
    const now = this.#context.now();
    await this.#context.transaction(async (tx) => {
      const district = await districtPlace(tx);
      if (district === undefined) return;
      const rounds = [
        ...watchHouse(findings, district),
        await watchServerClock(tx, district),
        ...(await watchSilence(tx, { now, since: listeningSince, district })),
        await watchClocks(tx, this.#lags, { now, district }),
        await watchFrames(tx, this.#refusals, district),
        await watchFactors(tx, now, district),
        await watchQuarantine(tx, now, district),
        await watchWebhooks(tx),
        await watchChannels(tx),
        await watchReviews(tx, now),
        await watchWatchdogs(tx, { now, since: listeningSince, district }),
      ];
      for (const round of rounds) await settleRound(tx, now, round);
    });
  }
}
