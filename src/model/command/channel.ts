/** Kinds of channel (通知通道) in the order in which the field relies on them; Web Push reaches few phones and is an extra. */
export const CHANNEL_KINDS = [
  'wecom',
  'dingtalk',
  'wecom-robot',
  'dingtalk-robot',
  'sms',
  'voice',
  'flash',
  'mail',
  'webhook',
  'web-push',
] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_KIND_TEXT: Readonly<Record<ChannelKind, string>> = {
  wecom: '政务微信 / 企业微信应用消息',
  dingtalk: '钉钉工作通知',
  'wecom-robot': '企业微信群机器人',
  'dingtalk-robot': '钉钉群机器人',
  sms: '短信',
  voice: '语音外呼',
  flash: '闪信',
  mail: '邮件',
  webhook: 'Webhook',
  'web-push': '浏览器推送',
};

/** Kinds that reach one person, in the order in which the field relies on them. */
export const PERSONAL_KINDS = [
  'wecom',
  'dingtalk',
  'sms',
  'voice',
  'mail',
  'web-push',
] as const satisfies readonly ChannelKind[];

/** An address as its owner sees it again: enough to know which it is, too little to use it. */
export function maskAddress(kind: ChannelKind, address: string): string {
  if (kind === 'web-push') return '已登记的浏览器';
  const [name = '', ...domain] = address.split('@');
  const shown = name.length > 3 ? `${name.slice(0, 1)}***${name.slice(-1)}` : `${name.slice(0, 1)}***`;
  return domain.length === 0 ? shown : `${shown}@${domain.join('@')}`;
}

/** One message to one address of one channel, or to a group for robots. */
export interface ChannelMessage {
  /** The same for each attempt, so that a provider that knows it sends once. */
  readonly id: string;
  /** Account in the channel's own terms (user id, phone, mail address, push subscription as JSON); empty for a group robot. */
  readonly to: string;
  readonly title: string;
  readonly text: string;
  /** Where a tap leads; absent where nothing is to be opened. */
  readonly link?: string | undefined;
  /** Whether an answer (a reply of “1”, the key 1) means 接单. */
  readonly asksAnswer: boolean;
}

/** What became of an attempt. `refused` for good is not tried again on this channel; otherwise it is, later. */
export type ChannelResult =
  | { readonly kind: 'sent'; readonly providerId: string | null }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | {
      readonly kind: 'refused';
      readonly forGood: boolean;
      /** The provider's code, or a name of ours (`timeout`, `unreachable`, `malformed`). Never holds a secret or an address. */
      readonly code: string;
      readonly text: string;
    };

/** What a provider tells afterwards of a message that it took, or what its receiver answered. */
export interface ChannelReceipt {
  /** As the `sent` of its message gave it; null where an answer does not name its message: then by `from`, and the newest that asks. */
  readonly providerId: string | null;
  /** Who answered, in the channel's own terms (user id, phone); null where it is not told. */
  readonly from: string | null;
  readonly state: 'delivered' | 'read' | 'answered' | 'failed';
  /** Epoch ms; null where the provider does not say. */
  readonly at: number | null;
  /** What was answered (“1”, “收到”), or why it failed. */
  readonly text: string | null;
}

/** Answers that mean 接单: a reply, the key of a call, the button of a card. */
const ACCEPTING: ReadonlySet<string> = new Set([
  '1',
  'y',
  'yes',
  'ok',
  '收到',
  '已收到',
  '接单',
  '好',
  '好的',
]);

/** Whether an answer means 接单; anything else is kept as what somebody said. */
export function isAccepting(answer: string): boolean {
  const said = answer.normalize('NFKC').replaceAll(/[\s。．.！!，,#*]+/gu, '');
  return ACCEPTING.has(said.toLowerCase());
}
