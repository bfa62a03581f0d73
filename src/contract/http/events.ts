import { z } from 'zod';

/**
 * What the event stream (`GET /api/v1/events`) carries. `id:` of each message is the event's seq; `Last-Event-ID`
 * resumes after it. The data names the record that changed; the page asks for it anew.
 */
export const EVENT_TYPES = [
  'alarm.raised',
  'alarm.changed',
  'alarm.normal',
  'alarm.held',
  'alarm.released',
  'verification.asked',
  'verification.reminded',
  'verification.decided',
  'shelf.changed',
  'shelf.ending',
  'suppression-rule.changed',
  'service-window.changed',
  'warning.raised',
  'warning.upgraded',
  'warning.stepped-down',
  'warning.normal',
  'warning.acknowledged',
  'warning.noted',
  'seat.flood-began',
  'seat.flood-ended',
  'warning.re-alarmed',
  'warning.judged',
  'warning.reopened',
  'warning.closed',
  'cascade.foreseen',
  'cascade.changed',
  'dependency.changed',
  'work-order.raised',
  'work-order.advanced',
  'work-order.noted',
  'work-order.overdue',
  'work-order.reminded',
  'device.quarantined',
  'device.noted',
  'suspected-event.raised',
  'suspected-event.changed',
  'replay-session.opened',
  'replay-session.ended',
  'borders.imported',
  'duty.shift-changed',
  'duty.handover-signed',
  'duty.log-added',
  'audit.broken',
  'personal.reveal-many',
  'account.requested',
  'account.decided',
  'platform.changed',
  'object.changed',
  'own-limit.changed',
  'coverage.changed',
  'blind-spot.changed',
  'population.changed',
  'standard.draft-changed',
  'standard.published',
  'standard.cancelled',
  'standard.took-effect',
  'standard.rehearsal-changed',
  'standard.basis-changed',
  'fault.opened',
  'fault.changed',
  'notification.sent',
  'chain-test.changed',
  'reconciliation.done',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const streamEvent = z.object({
  type: z.enum(EVENT_TYPES),
  at: z.number(),
  /** Id of the record the event is about (warning, order, session …). */
  id: z.number().int(),
  level: z.string().optional(),
  state: z.string().optional(),
  object: z.number().int().optional(),
  text: z.string().optional(),
});
export type StreamEvent = z.infer<typeof streamEvent>;

/** What a stream says of itself at its start: `event: stream`. */
export const streamNamed = z.object({ stream: z.string() });
