import { createHash } from 'node:crypto';

import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { callOut, cutBytes, failedCall, jsonObject, refusedBy, type SenderGround } from '#outlets/call';
import webPush from 'web-push';
import { z } from 'zod';

/** What a browser gives when somebody allows it to be called: `JSON.stringify(PushSubscription)`. */
const subscription = z.object({
  endpoint: z.url().max(1000),
  keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }),
});
const LOCAL = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3})[:/]/u;
const TEXT_BYTES = 2500;
/** A message that is older than this says nothing new: the page shows what stands. */
const KEPT_SECONDS = 4 * 3600;

/** A pair of VAPID keys (RFC 8292), for the settings of a channel. */
export const makeVapidKeys = (): { readonly publicKey: string; readonly privateKey: string } =>
  webPush.generateVAPIDKeys();

/** Sends to a browser through the push service of its maker; an extra, since it reaches few phones. */
export class WebPushSender {
  readonly #settings: SettingsOf<'web-push'>;
  readonly #ground: SenderGround;

  constructor(settings: SettingsOf<'web-push'>, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    const read = subscription.safeParse(jsonObject(message.to));
    if (!read.success) return refusedBy('malformed', '不是浏览器推送的订阅');
    const { endpoint } = read.data;
    if (!endpoint.startsWith('https:') && !LOCAL.test(endpoint))
      return refusedBy('malformed', '推送服务须是 https 地址');
    const request = this.#requestTo(read.data, message);
    if (!request) return refusedBy('malformed', '订阅的密钥不能用');
    const { guard, now } = this.#ground;
    const failed = failedCall(await callOut({ ...request, url: endpoint, method: 'POST' }, guard), now());
    return failed ?? { kind: 'sent', providerId: null };
  }

  #requestTo(
    to: z.output<typeof subscription>,
    { id, title, text, link }: ChannelMessage,
  ): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer } | undefined {
    const { subject, publicKey, privateKey } = this.#settings;
    const payload = JSON.stringify({ id, title, text: cutBytes(text, TEXT_BYTES), link: link ?? null });
    // Another attempt takes the place of the one that is not fetched yet.
    const topic = createHash('sha256').update(id).digest('base64url').slice(0, 32);
    try {
      const { headers, body } = webPush.generateRequestDetails(to, payload, {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: KEPT_SECONDS,
        urgency: 'high',
        topic,
      });
      const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      return { headers: Object.fromEntries(texts), body };
    } catch {
      // The library throws for keys of another length or curve: the subscription is what is wrong.
      return undefined;
    }
  }
}
