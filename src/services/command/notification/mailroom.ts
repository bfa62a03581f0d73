import type { ChannelSettings } from '#contract/command';
import type { ChannelMessage, ChannelResult, NotificationWay } from '#model/command';

/** Hands a message to a provider once. */
export type SendMessage = (settings: ChannelSettings, message: ChannelMessage) => Promise<ChannelResult>;

/** By what messages leave the house, and how many did since the start. */
export class Mailroom {
  readonly send: SendMessage;
  /** Where people open the pages; a link leads nowhere without it. */
  readonly publicUrl: string | undefined;
  readonly #counts = new Map<string, number>();
  readonly #refused = new Map<number, number>();

  constructor(send: SendMessage, publicUrl: string | undefined) {
    this.send = send;
    this.publicUrl = publicUrl;
  }

  count(kind: NotificationWay, state: string): void {
    const key = `${kind} ${state}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** A call to a channel's address for receipts that did not prove itself. Written down by the next round: a stranger makes no row busy. */
  countRefused(channel: number): void {
    this.#refused.set(channel, (this.#refused.get(channel) ?? 0) + 1);
  }

  takeRefused(): readonly { readonly channel: number; readonly n: number }[] {
    const refused = [...this.#refused].map(([channel, n]) => ({ channel, n }));
    this.#refused.clear();
    return refused;
  }

  get counts(): readonly (readonly [kind: string, state: string, n: number])[] {
    return [...this.#counts].map(([key, n]) => {
      const [kind = '', state = ''] = key.split(' ');
      return [kind, state, n];
    });
  }
}
