import type { SettingKey } from '#model/platform';

/** What is kept of monitoring, each for its own time (保存期限). */
export const KEPT_CLASSES = [
  'reading',
  'minute',
  'hour',
  'replay',
  'picture',
  'message',
  'delivery',
  'event',
  'evidence',
  'audit',
] as const;
export type KeptClass = (typeof KEPT_CLASSES)[number];

/** A time that people set, a time that is fixed (days), or for good. */
export type KeptFor =
  | { readonly setting: SettingKey }
  | { readonly days: number }
  | { readonly forGood: true };

export const REPLAYS_KEPT_DAYS = 2;
export const EVENTS_KEPT_DAYS = 7;
export const DELIVERIES_KEPT_DAYS = 30;

/**
 * Replays can be looked at for two days and a stream resumes from a week ago: nobody has asked for more. Evidence goes with its
 * order, and orders and the audit stay (网络安全法 art. 21: six months at least).
 */
export const KEPT: Readonly<Record<KeptClass, KeptFor>> = {
  reading: { setting: 'readings.kept-days' },
  minute: { setting: 'minutes.kept-days' },
  hour: { setting: 'hours.kept-days' },
  replay: { days: REPLAYS_KEPT_DAYS },
  picture: { setting: 'pictures.kept-days' },
  message: { setting: 'messages.kept-days' },
  delivery: { days: DELIVERIES_KEPT_DAYS },
  event: { days: EVENTS_KEPT_DAYS },
  evidence: { forGood: true },
  audit: { forGood: true },
};
