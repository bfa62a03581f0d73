/** What a sender has had taken and refused since it exists: totals that only grow. */
export interface FrameTotals {
  readonly key: string;
  readonly accepted: number;
  readonly refused: number;
}

/** A sender's share of refused frames over the window. */
export interface RefusalShare {
  readonly key: string;
  readonly refused: number;
  readonly frames: number;
}

/** Ten looks, one a minute. */
const LOOKS = 10;
/** Single frames spoiled on a mobile line are everyday; a fifth of them is not. It is well again below a twentieth. */
const LEAST_REFUSED = 20;
const WRONG_SHARE = 0.2;
const WELL_SHARE = 0.05;

/** Watches how many of each sender's frames are refused. Totals come in, the last ten looks are compared. */
export class RefusalWatch {
  readonly #looks: ReadonlyMap<string, FrameTotals>[] = [];

  /** Takes the totals of now; gives who is above the rate, and who is surely below it. */
  look(totals: readonly FrameTotals[]): {
    readonly wrong: readonly RefusalShare[];
    readonly well: ReadonlySet<string>;
  } {
    const oldest = this.#looks[0];
    const isWhole = this.#looks.length === LOOKS;
    this.#looks.push(new Map(totals.map((one) => [one.key, one])));
    if (this.#looks.length > LOOKS) this.#looks.shift();
    const wrong: RefusalShare[] = [];
    const well = new Set<string>();
    if (!oldest) return { wrong, well };
    for (const { key, accepted, refused } of totals) {
      const before = oldest.get(key);
      const newlyRefused = refused - (before?.refused ?? 0);
      const frames = newlyRefused + accepted - (before?.accepted ?? 0);
      if (newlyRefused >= LEAST_REFUSED && newlyRefused >= WRONG_SHARE * frames) {
        wrong.push({ key, refused: newlyRefused, frames });
      } else if (isWhole && newlyRefused <= WELL_SHARE * frames) well.add(key);
    }
    return { wrong, well };
  }
}
