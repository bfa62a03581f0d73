import type { MonitoringDesk } from '#services/monitoring';
import type { DeploymentFacts } from '#services/standard';

import type { EventStreams } from './http/event-stream.ts';

/** As many versions as are remembered; older ones are read from the tables. */
const REMEMBERED = 100;

/** What this process knows of who has which version of the standard: its own evaluator, and the screens on its streams. */
export class Deployment {
  readonly #startedAt = Date.now();
  readonly #held = new Map<number, number>();
  readonly #desk: MonitoringDesk;
  readonly #streams: EventStreams;

  constructor(desk: MonitoringDesk, streams: EventStreams) {
    this.#desk = desk;
    this.#streams = streams;
  }

  /** The evaluator has taken a version into its memory; the first time counts. */
  held(version: number, at: number): void {
    if (this.#held.has(version)) return;
    this.#held.set(version, at);
    const [oldest] = this.#held.keys();
    if (this.#held.size > REMEMBERED && oldest !== undefined) this.#held.delete(oldest);
  }

  facts(): DeploymentFacts {
    const { ingest } = this.#desk;
    return {
      startedAt: this.#startedAt,
      up: !ingest.down,
      heldAt: (version) => this.#held.get(version),
      points: (scenario, from) => {
        let [all, judged] = [0, 0];
        for (const point of ingest.book.points()) {
          if (point.scenario !== scenario) continue;
          all += 1;
          if (ingest.book.versions.due(point.id, from) === undefined) judged += 1;
        }
        return { all, judged };
      },
      screens: this.#streams.screens(),
    };
  }
}
