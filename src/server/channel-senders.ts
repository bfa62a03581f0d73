import type { ChannelSettings } from '#contract/command';
import type { ChannelKind, ChannelResult } from '#model/command';
import type { AddressGuard } from '#outlets/call';
import { postWebhook } from '#outlets/webhook';
import type { SendMessage } from '#services/command';

type Sender<K extends ChannelKind> = (
  settings: Extract<ChannelSettings, { kind: K }>,
  message: Parameters<SendMessage>[1],
  now: number,
) => Promise<ChannelResult>;

/** Kind of channel → who hands its messages to the provider. */
export function channelSenders(guard: AddressGuard): SendMessage {
  const senders: { readonly [K in ChannelKind]?: Sender<K> } = {
    webhook: async ({ url, secret }, { id, title, text, link }, now) => {
      const body = JSON.stringify({ type: 'notification', title, text, link });
      const outcome = await postWebhook({ url, secret, id, body, now }, guard);
      if (outcome.taken) return { kind: 'sent', providerId: null };
      return { kind: 'refused', forGood: false, code: 'not-taken', text: outcome.failure };
    },
  };
  return async (settings, message, now) => {
    const sender = senders[settings.kind] as Sender<ChannelKind> | undefined;
    if (sender) return sender(settings, message, now);
    return { kind: 'refused', forGood: true, code: 'no-sender', text: '没有这种通道的发送程序' };
  };
}
