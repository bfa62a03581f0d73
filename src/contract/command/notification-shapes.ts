import {
  CHANNEL_KINDS,
  NOTIFICATION_CAUSES,
  NOTIFICATION_STATES,
  NOTIFICATION_WAYS,
  PERSONAL_KINDS,
} from '#model/command';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { platformRef } from './shapes.ts';

const id = z.number().int();
const moment = z.number().nullable();

/** off: switched off; dry-run: nothing leaves the house; down: others stand in; unproven: nothing has been sent yet. */
export const CHANNEL_CONDITIONS = ['off', 'dry-run', 'down', 'unproven', 'well'] as const;

/** A channel (通道); of its secrets only which are set. */
export const channel = z.object({
  id,
  platform: platformRef,
  kind: z.enum(CHANNEL_KINDS),
  kindText: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()),
  addressBy: z.enum(['username', 'phone']),
  ratePerMinute: id,
  dryRun: z.boolean(),
  enabled: z.boolean(),
  condition: z.enum(CHANNEL_CONDITIONS),
  downSince: moment,
  lastFailure: z.string().nullable(),
  lastFailureAt: moment,
  lastSentAt: moment,
  /** Calls to its address for receipts that did not prove themselves. */
  refusedReceipts: id,
  refusedReceiptAt: moment,
  waiting: id,
  /** Where its provider tells what became of messages. */
  receiptPath: z.string(),
  createdBy: z.string(),
  version: id,
});
export type Channel = z.infer<typeof channel>;

/** One person by one way about one cause. */
export const notification = z.object({
  id,
  cause: z.enum(NOTIFICATION_CAUSES),
  causeText: z.string(),
  level: z.enum(LEVELS).nullable(),
  person: z.string(),
  /** As what: 处置人员, 值守. */
  post: z.string(),
  kind: z.enum(NOTIFICATION_WAYS),
  kindText: z.string(),
  channel: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  link: z.string().nullable(),
  state: z.enum(NOTIFICATION_STATES),
  stateText: z.string(),
  reason: z.string().nullable(),
  answer: z.string().nullable(),
  attempts: id,
  createdAt: z.number(),
  nextAt: moment,
  sentAt: moment,
  deliveredAt: moment,
  readAt: moment,
  answeredAt: moment,
  /** Of a gathered one: how many it stands for. */
  gathered: id.nullable(),
  replaySession: id.nullable(),
  simulated: z.boolean(),
});
export type Notification = z.infer<typeof notification>;

export const notificationTemplate = z.object({
  cause: z.enum(NOTIFICATION_CAUSES),
  causeText: z.string(),
  /** Null: of every level. */
  level: z.enum(LEVELS).nullable(),
  title: z.string(),
  text: z.string(),
  builtIn: z.boolean(),
  editedBy: z.string().nullable(),
  editedAt: moment,
});
export type NotificationTemplate = z.infer<typeof notificationTemplate>;

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, '写成 24 小时制的时:分，例：22:00');

/** One way by which I can be told. */
const ownWay = z.object({
  kind: z.enum(PERSONAL_KINDS),
  kindText: z.string(),
  /** Where it goes, masked; null where nothing is registered. */
  address: z.string().nullable(),
  /** told: by my own hand; account: my phone or user name, which the account's keepers change. */
  source: z.enum(['told', 'account', 'none']),
  /** The channel of this kind that serves me. */
  channel: z.enum(['none', 'dry-run', 'down', 'well']),
  /** I do not want what is not red by it. */
  muted: z.boolean(),
});
export type OwnWay = z.infer<typeof ownWay>;

export const notificationPreference = z.object({
  quiet: z.object({ from: clock, to: clock }).nullable(),
  ways: z.array(ownWay),
});
export type NotificationPreference = z.infer<typeof notificationPreference>;
