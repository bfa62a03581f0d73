import type { Role } from '#model/platform';
import type { EscalationChannel, EscalationRecipient } from '#model/standard';

import { CHANNEL_KIND_TEXT, CHANNEL_KINDS, type ChannelKind } from './channel.ts';

/** What people are told of. */
export const NOTIFICATION_CAUSES = [
  'work-order.opened',
  'work-order.reminded',
  'work-order.rejected',
  'work-order.noted',
  'warning.raised',
  'warning.upgraded',
  'cascade.foreseen',
  'verification.asked',
  'verification.reminded',
  'supervision.asked',
  'supervision.due',
  'supervision.answered',
  'overdue-list.written',
  'closure-sample.drawn',
  'incident.handed-over',
  'incident.asked',
  'incident.answered',
  'incident-part.asked',
  'incident-form.due',
  'incident-report.due',
  'incident-report.late',
  'activation.changed',
  'channel.test',
] as const;
export type NotificationCause = (typeof NOTIFICATION_CAUSES)[number];

export const NOTIFICATION_CAUSE_TEXT: Readonly<Record<NotificationCause, string>> = {
  'work-order.opened': '新工单',
  'work-order.reminded': '催办',
  'work-order.rejected': '退单',
  'work-order.noted': '留言与现场回话',
  'warning.raised': '预警',
  'warning.upgraded': '预警升级',
  'cascade.foreseen': '连带影响预告',
  'verification.asked': '待核实',
  'verification.reminded': '催核实',
  'supervision.asked': '督办',
  'supervision.due': '催答复',
  'supervision.answered': '督办已答复',
  'overdue-list.written': '超期未结案',
  'closure-sample.drawn': '结案抽查',
  'incident.handed-over': '事件交接',
  'incident.asked': '请求升级闭环',
  'incident.answered': '事件接手与答复',
  'incident-part.asked': '请求参与',
  'incident-form.due': '填报',
  'incident-report.due': '待报送',
  'incident-report.late': '报送逾期',
  'activation.changed': '应急响应',
  'channel.test': '通道测试',
};

/** How somebody is told: the page itself, or a channel. */
export const NOTIFICATION_WAYS = ['in-app', ...CHANNEL_KINDS] as const;
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number];
export const NOTIFICATION_WAY_TEXT: Readonly<Record<NotificationWay, string>> = {
  'in-app': '站内',
  ...CHANNEL_KIND_TEXT,
};

export const NOTIFICATION_STATES = [
  'queued',
  'limited',
  'sent',
  'delivered',
  'read',
  'answered',
  'failed',
  'expired',
  'withdrawn',
  'dry-run',
  'withheld',
  'unreachable',
] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];
export const NOTIFICATION_STATE_TEXT: Readonly<Record<NotificationState, string>> = {
  queued: '待发',
  limited: '限速等候',
  sent: '已发出',
  delivered: '已送达',
  read: '已读',
  answered: '已回复',
  failed: '未发成',
  expired: '过期未发',
  withdrawn: '已撤回',
  'dry-run': '演练发送（未真正发出）',
  withheld: '不外发',
  unreachable: '无人可通知',
};

/** How far a receipt has come; one that says less than what is known changes nothing. */
export const RECEIPT_RANK: Readonly<Record<'sent' | 'delivered' | 'read' | 'answered', number>> = {
  sent: 1,
  delivered: 2,
  read: 3,
  answered: 4,
};

/** Whom something is for, before it is known who that is now. */
export type Recipient =
  | EscalationRecipient
  /** Roles that no handbook names, a town's among them. */
  | { readonly kind: 'role'; readonly role: Role }
  /** Whoever acts for a unit. */
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'person'; readonly account: number }
  /** Whoever leads a platform, else its desk. */
  | { readonly kind: 'platform-head'; readonly platform: string };

/** Those who act on orders of a unit. */
export const ACTING_ROLES: readonly Role[] = ['handler', 'town-operator', 'village-handler'];
/** Those who keep the desk of a platform where no roster says who is on duty. */
export const DESK_ROLES: readonly Role[] = [
  'city-operations',
  'business-admin',
  'town-operator',
  'coordinator',
];

/** Those who lead a platform, the nearer to its work first. */
export const HEAD_ROLES: readonly Role[] = ['department-owner', 'executive-owner'];

/** The kinds behind each channel of the ladder, in the order in which one stands in for another (protocols §9). */
export const KINDS_OF_CHANNEL: Readonly<Record<EscalationChannel, readonly ChannelKind[]>> = {
  push: ['wecom', 'dingtalk', 'sms', 'voice', 'mail'],
  sms: ['sms', 'voice', 'wecom', 'dingtalk', 'mail'],
  voice: ['voice', 'sms', 'wecom', 'dingtalk', 'mail'],
};

/** Kinds that reach a group and not a person. */
export const GROUP_KINDS: readonly ChannelKind[] = ['wecom-robot', 'dingtalk-robot', 'webhook'];
/** Kinds whose address is a phone number. */
export const PHONE_KINDS: readonly ChannelKind[] = ['sms', 'voice', 'flash'];
/** Kinds in which a person is known by the user name (or phone) of the account, unless they have told another. */
export const KNOWN_BY_NAME: readonly ChannelKind[] = ['wecom', 'dingtalk'];
