import { type FrameLink, openTcp, openUdp } from './frame-link.ts';

export interface StationLinkOptions {
  readonly host: string;
  readonly port: number;
  /** TCP unless told. */
  readonly transport?: 'tcp' | 'udp';
  /** What is called, as a failure names it. */
  readonly what: string;
  /** How long a centre that cannot be reached is called again before giving up. */
  readonly patienceMs: number;
  readonly onUp: () => void;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onDown: () => void;
  /** The centre could not be reached within `patienceMs`; the sentence says why. */
  readonly onLost: (failure: Error) => void;
}

const FIRST_CALL_MS = 200;
const LONGEST_CALL_MS = 5000;

/** The line of a virtual station: calls its centre, and calls again while it is wanted, waiting longer each time. */
export class StationLink {
  readonly #options: StationLinkOptions;
  #line: FrameLink | undefined;
  #up = false;
  #wanted = false;
  #callMs = FIRST_CALL_MS;
  #downSince = 0;
  #recall: NodeJS.Timeout | undefined;

  constructor(options: StationLinkOptions) {
    this.#options = options;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Wants the link; does nothing where it is up or being called. */
  call(): void {
    this.#wanted = true;
    if (this.#line || this.#recall) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port, transport, onUp, onBytes } = this.#options;
    const open = transport === 'udp' ? openUdp : openTcp;
    const line = open(
      { host, port },
      {
        up: () => {
          this.#up = true;
          this.#downSince = 0;
          this.#callMs = FIRST_CALL_MS;
          onUp();
        },
        heard: onBytes,
        down: (reason) => this.#lose(line, reason),
      },
    );
    this.#line = line;
  }

  write(bytes: Uint8Array): void {
    if (this.#up) this.#line?.write(bytes);
  }

  /** Leaves the line and does not call again until asked to. */
  hangUp(): void {
    this.#wanted = false;
    clearTimeout(this.#recall);
    this.#recall = undefined;
    this.#line?.close();
  }

  #lose(line: FrameLink, reason: string): void {
    if (this.#line !== line) return;
    this.#line = undefined;
    this.#up = false;
    this.#options.onDown();
    if (!this.#wanted) return;
    if (this.#downSince === 0) this.#downSince = Date.now();
    const { host, port, what, patienceMs, onLost } = this.#options;
    if (Date.now() - this.#downSince + this.#callMs > patienceMs) {
      this.#wanted = false;
      onLost(new Error(`连不上 ${what} ${host}:${port}（${reason}）。请确认服务已启动、端口无误。`));
      return;
    }
    this.#recall = setTimeout(() => {
      this.#recall = undefined;
      this.call();
    }, this.#callMs);
    this.#callMs = Math.min(this.#callMs * 2, LONGEST_CALL_MS);
  }
}
