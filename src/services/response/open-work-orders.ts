import { rankOf } from '#model/warning';
import type { Tx } from '#storage';

import { noteHappenings } from './note-happenings.ts';
import { raiseOrders } from './raise-orders.ts';
import { limitsInForce } from './standard-in-force.ts';
import { upgradeOrders } from './upgrade-orders.ts';
import type { WarningHappening } from './warning-happening.ts';

export interface OpenedOrders {
  readonly opened: number;
  readonly upgraded: number;
  /** Entries written about happenings that change nothing else. */
  readonly noted: number;
  /** Opened orders on which the handbook is silent; they wait for a dispatcher. */
  readonly withoutHandbook: number;
}

const CHUNK = 1000;

/**
 * Opens and upgrades orders for a batch of warnings, oldest happening first, in the caller's transaction. Told twice it
 * does nothing the second time: one order per warning, one entry per happening.
 *
 * `now` is the wall clock: live orders open now, since a device's late clock must not eat up a five-minute limit;
 * replayed ones open at the recording's moment, so that the same recording gives the same limits every time.
 */
export async function openWorkOrders(
  tx: Tx,
  now: number,
  happenings: readonly WarningHappening[],
): Promise<OpenedOrders> {
  if (happenings.length === 0) return { opened: 0, upgraded: 0, noted: 0, withoutHandbook: 0 };
  const standard = await limitsInForce(tx, now);
  const sum = { opened: 0, upgraded: 0, noted: 0, withoutHandbook: 0 };
  for (let from = 0; from < happenings.length; from += CHUNK) {
    const chunk = happenings.slice(from, from + CHUNK);
    const raised = await raiseOrders(tx, { now, standard }, firstRises(chunk));
    sum.opened += raised.opened;
    sum.withoutHandbook += raised.withoutHandbook;
    sum.upgraded += await upgradeOrders(tx, { now, standard }, highestRises(chunk));
    sum.noted += await noteHappenings(tx, now, chunk);
  }
  return sum;
}

function rises(happenings: readonly WarningHappening[]): readonly WarningHappening[] {
  return happenings.filter((one) => one.change === 'raised' || one.change === 'upgraded');
}

/** An upgrade opens the order too, should its warning have none yet. */
function firstRises(happenings: readonly WarningHappening[]): readonly WarningHappening[] {
  const first = new Map<number, WarningHappening>();
  for (const one of rises(happenings)) if (!first.has(one.warning)) first.set(one.warning, one);
  return [...first.values()];
}

function highestRises(happenings: readonly WarningHappening[]): readonly WarningHappening[] {
  const highest = new Map<number, WarningHappening>();
  for (const one of happenings) {
    const known = highest.get(one.warning);
    if (one.change === 'upgraded' && rankOf(one.level) > rankOf(known?.level)) highest.set(one.warning, one);
  }
  return [...highest.values()];
}
