/**
 * The idempotency key of a hand-in. The same content sent again after a broken line carries the same key, so that it is
 * done once; changed content is another hand-in and gets its own.
 */
export class SendKey {
  readonly #make: () => string;
  #content = '';
  #key = '';

  constructor(make: () => string) {
    this.#make = make;
  }

  for(content: string): string {
    if (this.#key === '' || content !== this.#content) {
      this.#content = content;
      this.#key = this.#make();
    }
    return this.#key;
  }

  /** Answered, whether done or refused: what follows is something new. */
  answered(): void {
    this.#key = '';
  }
}
