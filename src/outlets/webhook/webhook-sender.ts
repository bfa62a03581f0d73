import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { failedCall, type SenderGround } from '#outlets/call';

import { callWebhook } from './post-webhook.ts';

/** Sends notifications as signed webhooks (Standard Webhooks 1.0), each under its own number in every attempt. */
export class WebhookSender {
  readonly #settings: SettingsOf<'webhook'>;
  readonly #ground: SenderGround;

  constructor(settings: SettingsOf<'webhook'>, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send({ id, to, title, text, link, asksAnswer }: ChannelMessage): Promise<ChannelResult> {
    const { url, secret } = this.#settings;
    const { guard, now } = this.#ground;
    const body = JSON.stringify({
      type: 'notification',
      id,
      to,
      title,
      text,
      link: link ?? null,
      asksAnswer,
    });
    const outcome = await callWebhook({ url, secret, id, body, now: now() }, guard);
    return failedCall(outcome, now()) ?? { kind: 'sent', providerId: id };
  }
}
