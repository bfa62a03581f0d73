import type { ChannelSettings, SettingsOf } from '#contract/command';
import type { ChannelKind, ChannelMessage, ChannelResult } from '#model/command';
import type { SenderGround } from '#outlets/call';
import { DingtalkApp, DingtalkRobot } from '#outlets/dingtalk';
import { MailSender } from '#outlets/mail';
import { PhoneGateway } from '#outlets/phone';
import { WebPushSender } from '#outlets/web-push';
import { WebhookSender } from '#outlets/webhook';
import { WecomApp, WecomRobot } from '#outlets/wecom';

/** Sends by one channel. Keep it for as long as the channel's settings hold: it holds the provider's token and a robot's pace. */
export interface ChannelSender {
  /** Tries once. Never throws for what a provider, a network or an address does. */
  send(message: ChannelMessage): Promise<ChannelResult>;
}

type Senders = {
  readonly [K in ChannelKind]: (settings: SettingsOf<K>, ground: SenderGround) => ChannelSender;
};

const SENDERS: Senders = {
  wecom: (settings, ground) => new WecomApp(settings, ground),
  dingtalk: (settings, ground) => new DingtalkApp(settings, ground),
  'wecom-robot': (settings, ground) => new WecomRobot(settings, ground),
  'dingtalk-robot': (settings, ground) => new DingtalkRobot(settings, ground),
  sms: (settings, ground) => new PhoneGateway(settings, ground),
  voice: (settings, ground) => new PhoneGateway(settings, ground),
  flash: (settings, ground) => new PhoneGateway(settings, ground),
  mail: (settings, ground) => new MailSender(settings, ground),
  webhook: (settings, ground) => new WebhookSender(settings, ground),
  'web-push': (settings, ground) => new WebPushSender(settings, ground),
};

/** The sender of a channel. */
export function openSender(settings: ChannelSettings, ground: SenderGround): ChannelSender {
  // The table gives each kind the settings of its own; the compiler does not follow a union through it.
  const open = SENDERS[settings.kind] as (settings: ChannelSettings, ground: SenderGround) => ChannelSender;
  return open(settings, ground);
}
