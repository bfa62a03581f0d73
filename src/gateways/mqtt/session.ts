import type { Socket } from 'node:net';

import type { GatewaySession } from '#model/monitoring';
import { NodeHost } from '#protocols/sparkplug';

import type { Speaker } from './message.ts';
import type { MqttCredential } from './options.ts';

/** One connection: who it is, once it has said so, and what it has said. */
export class Session implements Speaker {
  readonly id: number;
  readonly address: string;
  readonly #socket: Socket;
  readonly #since = Date.now();
  readonly #devices = new Set<string>();
  #frames = 0;
  #lastFrameAt: number | undefined;
  #bytesAtLastFrame = 0;
  #host: NodeHost | undefined;
  /** What it came in with; undefined until it has signed in. */
  pass: { readonly secret: string; readonly credential: MqttCredential } | undefined;

  constructor(id: number, socket: Socket) {
    this.id = id;
    this.#socket = socket;
    this.address = socket.remoteAddress ?? '';
  }

  get view(): GatewaySession {
    return {
      id: this.id,
      address: this.address,
      since: this.#since,
      lastFrameAt: this.#lastFrameAt,
      frames: this.#frames,
      devices: [...this.#devices],
    };
  }

  /** The state of the Sparkplug node that is connected here: births last as long as the connection. */
  get host(): NodeHost {
    return (this.#host ??= new NodeHost(this.pass?.credential.deviceCode ?? ''));
  }

  /** Bytes that have come since the last packet was complete. */
  get unfinishedBytes(): number {
    return this.#socket.bytesRead - this.#bytesAtLastFrame;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** A packet is complete. */
  frame(at: number, isMessage: boolean): void {
    this.#bytesAtLastFrame = this.#socket.bytesRead;
    if (!isMessage) return;
    this.#frames += 1;
    this.#lastFrameAt = at;
  }

  heard(deviceCode: string): void {
    this.#devices.add(deviceCode);
  }

  gone(deviceCode: string): void {
    this.#devices.delete(deviceCode);
  }

  /** Ends once what is written has gone out. */
  async end(): Promise<void> {
    if (this.#socket.closed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.destroySoon();
    });
  }

  /** Ends at once, so that the device sends again what was not answered. */
  cut(): void {
    this.#socket.destroy();
  }
}
