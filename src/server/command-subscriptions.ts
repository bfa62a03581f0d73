import type { Subscription } from '#bus';
import {
  keepDutyLog,
  keepFloodLog,
  KEPT_EVENTS,
  oweReports,
  REPORTED_EVENTS,
  tellPeople,
  TOLD_EVENTS,
} from '#services/command';
import type { Database } from '#storage';

/** What the watch writes down, what it finds to be owed, and whom it tells. */
export function commandSubscriptions(now: () => number): readonly Subscription<Database>[] {
  return [
    {
      name: 'command.keep-duty-log',
      types: KEPT_EVENTS,
      handle: keepDutyLog,
    },
    {
      name: 'command.keep-flood-log',
      types: ['seat.flood-began', 'seat.flood-ended'],
      handle: keepFloodLog,
    },
    {
      name: 'command.tell-people',
      urgency: 'tell',
      types: TOLD_EVENTS,
      handle: (tx, events) => tellPeople(tx, events, now()),
    },
    {
      name: 'command.owe-reports',
      types: REPORTED_EVENTS,
      handle: (tx, events) => oweReports(tx, events, now()),
    },
  ];
}
