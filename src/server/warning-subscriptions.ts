import type { Subscription } from '#bus';
import {
  CASCADE_EVENTS,
  closeWarnings,
  followAlarms,
  followHolds,
  GraphBook,
  watchCascades,
} from '#services/warning';
import type { Database } from '#storage';

/** From alarms to warnings, and from warnings to what they bring about: one graph for all of it, read anew when it has changed. */
export function warningSubscriptions(now: () => number): readonly Subscription<Database>[] {
  const book = new GraphBook();
  return [
    {
      name: 'warning.follow-alarms',
      urgency: 'chain',
      types: ['alarm.raised', 'alarm.changed', 'alarm.normal', 'alarm.released'],
      handle: (tx, events) => followAlarms(tx, events, now()),
    },
    {
      name: 'warning.follow-holds',
      urgency: 'chain',
      types: [
        'alarm.raised',
        'alarm.changed',
        'alarm.normal',
        'alarm.held',
        'alarm.released',
        'suspected-event.raised',
        'suspected-event.changed',
      ],
      handle: (tx) => followHolds(tx, now()),
    },
    {
      name: 'warning.close-warnings',
      urgency: 'chain',
      types: ['warning.normal', 'work-order.advanced'],
      handle: (tx, events) => closeWarnings(tx, events, now()),
    },
    {
      name: 'warning.watch-cascades',
      urgency: 'tell',
      types: CASCADE_EVENTS,
      handle: (tx, events) => watchCascades(tx, book, events, now()),
    },
    {
      name: 'warning.forget-graph',
      types: ['object.changed', 'dependency.changed'],
      handle: () => Promise.resolve(book.forget()),
    },
  ];
}
