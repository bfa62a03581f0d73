import type { AddressGuard } from '#outlets/call';
import { type ChannelSender, openSender } from '#outlets/channel';
import type { SendMessage } from '#services/command';

/** More channels than a district has; the oldest makes way. */
const KEPT = 200;

/** Sends by the channels' own senders, each kept for as long as its settings hold: it holds the provider's token and its pace. */
export function channelSenders(guard: AddressGuard, now: () => number): SendMessage {
  const senders = new Map<string, ChannelSender>();
  return (settings, message) => {
    const key = JSON.stringify(settings);
    const sender = senders.get(key) ?? openSender(settings, { guard, now });
    senders.delete(key);
    senders.set(key, sender);
    const oldest = senders.keys().next();
    if (senders.size > KEPT && !oldest.done) senders.delete(oldest.value);
    return sender.send(message);
  };
}
