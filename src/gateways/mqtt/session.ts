import type { Socket } from 'node:net';

import type { GatewaySession } from '#model/monitoring';
import { NodeHost } from '#protocols/sparkplug';

import type { Speaker } from './message.ts';
import type { MqttCredential } from './options.ts';

/** MQTT 3.1.1, 3.1.2-24: who says nothing for one and a half times what it has promised is gone. */
const PATIENCE = 1.5;

/** One connection: who it is, once it has said so, and what it has said. */
export class Session implements Speaker {
  readonly id: number;
  readonly address: string;
  readonly #socket: Socket;
  readonly #since = Date.now();
  readonly #devices = new Set<string>();
  #frames = 0;
  #lastFrameAt: number | undefined;
  #lastPacketAt = this.#since;
  #keepAliveMs = Number.POSITIVE_INFINITY;
  #host: NodeHost | undefined;
  /** The topic filters it has subscribed to, and how to stop what is told on them. */
  readonly #listening = new Map<string, (() => void) | undefined>();
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

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  get listensTo(): readonly string[] {
    return [...this.#listening.keys()];
  }

  /** It has subscribed to this filter. */
  listen(filter: string, stop?: () => void): void {
    this.deafen(filter);
    this.#listening.set(filter, stop);
  }

  /** It has unsubscribed, or is gone. */
  deafen(...filters: readonly string[]): void {
    for (const filter of filters) {
      this.#listening.get(filter)?.();
      this.#listening.delete(filter);
    }
  }

  /** The keep alive of its CONNECT; 0: it promises nothing. */
  promise(seconds: number): void {
    if (seconds > 0) this.#keepAliveMs = seconds * 1000 * PATIENCE;
  }

  /** For how long no packet was complete, and whether that is longer than it has promised. */
  silence(now: number): { readonly ms: number; readonly isBroken: boolean } {
    const ms = now - this.#lastPacketAt;
    return { ms, isBroken: ms > this.#keepAliveMs };
  }

  /** A packet is complete. */
  frame(at: number, isMessage: boolean): void {
    this.#lastPacketAt = at;
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
