import path from 'node:path';

import type { Target } from './receivers.ts';

/** Somebody who takes readings, judges them by four limits a point, and keeps them. */
export interface Peer {
  /** With its version. */
  readonly name: string;
  readonly target: Target;
  /** Every process that works for it. */
  readonly pids: () => readonly number[];
  /** Readings it has stored since it was started; undefined where an answer says that they are. */
  readonly stored?: () => Promise<number>;
}

/** The program that sends readings, run in a process of its own. */
export const READING_CLIENTS = path.join(import.meta.dirname, 'reading-clients.ts');
export const POINTS = 100_000;
/** Limits (cm) of the underpass sign, blue to red: the same for everybody. */
export const LIMITS = [5, 15, 25, 40] as const;
