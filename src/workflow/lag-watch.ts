/** How far behind our time a device's newest readings are, all of them late. Times in ms. */
export interface DeviceLag {
  readonly key: string;
  /** The smallest of receiving time less the device's time. */
  readonly lag: number;
  /** The newest moment the device has told. */
  readonly newest: number;
}

/** Less than this a line may hold data back without any clock being wrong. */
const LEAST_LAG_MS = 10 * 60_000;
/** What is sent again goes faster than time, so its lag shrinks; a clock that is behind keeps its distance. */
const STEADY_MS = 60_000;
/** So many looks in a row at which the device said something new, always as far behind. */
const LOOKS = 3;

/**
 * Watches devices all of whose readings are late. One that stays as far behind while it says new things is not filling in: its
 * clock is behind (Greenwich instead of Beijing is eight hours), or its line holds everything back. Either way nothing of it
 * reaches a sign.
 */
export class LagWatch {
  readonly #seen = new Map<string, DeviceLag & { readonly steady: number }>();

  /** Takes the lags of those that spoke since the last look; gives who stays behind. What `caughtUp` names is in time again. */
  look(lags: readonly DeviceLag[], caughtUp: Iterable<string>): readonly DeviceLag[] {
    for (const key of caughtUp) this.#seen.delete(key);
    for (const one of lags) {
      const before = this.#seen.get(one.key);
      if (before && one.newest <= before.newest) continue;
      const isSteady = before !== undefined && Math.abs(one.lag - before.lag) <= STEADY_MS;
      this.#seen.set(one.key, { ...one, steady: isSteady ? before.steady + 1 : 1 });
    }
    return [...this.#seen.values()].filter(({ steady, lag }) => steady >= LOOKS && lag >= LEAST_LAG_MS);
  }
}
