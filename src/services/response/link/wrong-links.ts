import { AppError } from '#base';

const WINDOW_MS = 10 * 60_000;
/** Wrong links from one address within the window; a person mistypes none of them, since nobody types them. */
const WRONG_MOST = 10;
/** Addresses remembered; beyond it the oldest are forgotten, and a flood from everywhere is the proxy's to stop. */
const ADDRESSES_MOST = 10_000;

/** Who tries links that there are not. Memory only: 256 bits are not guessed, this keeps the noise away from the tables. */
export class WrongLinks {
  readonly #wrong = new Map<string, number[]>();

  /** Throws `link.locked` for an address that has tried too many. */
  admit(address: string, now: number): void {
    const tries = this.#recent(address, now);
    const [oldest] = tries;
    if (oldest === undefined || tries.length < WRONG_MOST) return;
    throw new AppError('link.locked', { minutes: Math.ceil((oldest + WINDOW_MS - now) / 60_000) });
  }

  note(address: string, now: number): void {
    const tries = [...this.#recent(address, now), now];
    this.#wrong.delete(address);
    this.#wrong.set(address, tries);
    const [first] = this.#wrong.keys();
    if (this.#wrong.size > ADDRESSES_MOST && first !== undefined) this.#wrong.delete(first);
  }

  #recent(address: string, now: number): number[] {
    return (this.#wrong.get(address) ?? []).filter((at) => at > now - WINDOW_MS);
  }
}
