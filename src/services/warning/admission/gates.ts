import type { Tx } from '#storage';
import type { Hold } from '#workflow';

import { suppressGate } from '../suppression/suppress-gate.ts';
import type { AlarmCase } from './alarm-case.ts';
import { causeGate } from './cause-gate.ts';
import { verifyGate } from './verify-gate.ts';

/**
 * Asks what holds each of the alarms now, all of a batch at once; an alarm that it does not hold may be left out. Gates are
 * asked anew with each news of an alarm and after each release, so they answer for `now` (epoch ms, wall clock) and remember nothing.
 */
export type Gate = (
  tx: Tx,
  alarms: readonly AlarmCase[],
  now: number,
) => Promise<ReadonlyMap<number, readonly Hold[]>>;

/** All that may keep an alarm back. */
export const GATES: readonly Gate[] = [verifyGate, causeGate, suppressGate];
