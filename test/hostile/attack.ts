import type { ErrorCode } from '#base';

import type { Watched } from './fingerprint.ts';
import type { Reply } from './reply.ts';
import type { Stage } from './stage.ts';

export const AGAINST = ['sign-in', 'token', 'callback', 'import', 'search'] as const;

/** What an attack is of. `guessing` is of numbers, names, passwords and secrets; `forgery` of what only another could have made. */
export const KINDS = [
  'injection',
  'mass-assignment',
  'guessing',
  'csrf',
  'open-redirect',
  'oversized',
  'replay',
  'forgery',
  'malformed',
] as const;

/** How a reply ends: its status and, of a refusal, its code. A browser that is led away with a fault has it in the address. */
export type Verdict = `${number} ${ErrorCode}` | `${200 | 201 | 204 | 302}`;

/** One thing that somebody hostile tries, and what must come of it. */
export interface Attack {
  readonly name: string;
  readonly against: (typeof AGAINST)[number];
  readonly kind: (typeof KINDS)[number];
  readonly run: (stage: Stage) => Promise<readonly Reply[]>;
  /** One verdict stands for every reply. */
  readonly expect: Verdict | readonly Verdict[];
  /** What the attacker changes in their own right on the way; everything else must stand as it stood. */
  readonly changes?: readonly Watched[];
  /** What else must, or must not, have come of it. */
  readonly effect?: (stage: Stage, replies: readonly Reply[]) => Promise<void> | void;
}
