import type { Event, Subscription } from '#bus';
import type { Level } from '#model/warning';
import { type MonitoringDesk, movePoints, queueWarnings, TOLD_WARNINGS } from '#services/monitoring';
import { followData } from '#services/operations';
import { followBorders, followLedger, followObjects } from '#services/platform';
import { followOrders, openWorkOrders, stopDrillsOnRed, type WarningHappening } from '#services/response';
import type { Database } from '#storage';

import { commandSubscriptions } from './command-subscriptions.ts';
import { qualitySubscriptions } from './quality-subscriptions.ts';
import { type StandardFollowers, standardSubscriptions } from './standard-subscriptions.ts';
import { verdictSubscriptions } from './verdict-subscriptions.ts';
import { warningSubscriptions } from './warning-subscriptions.ts';

/** Event → use cases: the whole of what happens by itself. */
export function subscriptions(
  now: () => number,
  desk: MonitoringDesk,
  followers: StandardFollowers,
): readonly Subscription<Database>[] {
  return [
    ...warningSubscriptions(now),
    ...orderSubscriptions(now),
    ...verdictSubscriptions(now),
    ...commandSubscriptions(now),
    {
      name: 'platform.follow-borders',
      types: ['borders.imported'],
      handle: async (tx, events) => {
        await followBorders(tx, events, now());
        await movePoints(tx, desk);
      },
    },
    {
      name: 'platform.follow-objects',
      types: ['object.changed'],
      handle: async (tx, events) => {
        if (await followObjects(tx, events, now())) await movePoints(tx, desk);
      },
    },
    {
      name: 'platform.follow-ledger',
      types: ['object.changed'],
      handle: (tx, events) => followLedger(tx, events, now()),
    },
    {
      name: 'monitoring.queue-warnings',
      urgency: 'tell',
      types: TOLD_WARNINGS,
      handle: (tx, events) => queueWarnings(tx, events, now()),
    },
    {
      name: 'operations.follow-data',
      types: ['data.poor', 'data.restored'],
      handle: (tx, events) => followData(tx, events, now()),
    },
    ...qualitySubscriptions(now, desk),
    ...standardSubscriptions(now, desk, followers),
  ];
}

/** From warnings to orders, and from orders to incidents; a real red warning ends drills. */
function orderSubscriptions(now: () => number): readonly Subscription<Database>[] {
  return [
    {
      name: 'response.open-work-orders',
      urgency: 'chain',
      types: ['warning.raised', 'warning.upgraded', 'warning.stepped-down', 'warning.normal'],
      handle: async (tx, events) => void (await openWorkOrders(tx, now(), events.map(happening))),
    },
    {
      name: 'response.follow-orders',
      urgency: 'tell',
      types: ['work-order.raised', 'work-order.advanced'],
      handle: (tx, events) => followOrders(tx, events, now()),
    },
    {
      name: 'response.stop-drills-on-red',
      urgency: 'tell',
      types: ['warning.raised', 'warning.upgraded'],
      handle: (tx, events) => stopDrillsOnRed(tx, events, now()),
    },
  ];
}

const CHANGES: Readonly<Record<string, WarningHappening['change']>> = {
  'warning.raised': 'raised',
  'warning.upgraded': 'upgraded',
  'warning.stepped-down': 'stepped-down',
  'warning.normal': 'normal',
};

export function happening(event: Event): WarningHappening {
  const level = event.payload['level'];
  return {
    change: CHANGES[event.type] ?? 'normal',
    warning: event.payload.id,
    // A warning that is normal has no level; the order only notes it.
    level: (level === 'normal' ? 'blue' : level) as Level,
    at: event.at,
  };
}
