import type { NotificationCause, Recipient } from '#model/command';
import type { EscalationChannel } from '#model/standard';
import { type Level, LEVEL_TEXT, rankOf } from '#model/warning';

import type { Subject } from './load-subjects.ts';

/** What is asked of somebody, as what. */
export interface Asked {
  readonly cause: NotificationCause;
  readonly recipients: readonly Recipient[];
  readonly channels: readonly EscalationChannel[];
  readonly reason: string;
  /** Whether an answer (“1”) accepts the order. */
  readonly asksAnswer?: boolean;
  /** Where it is put to somebody other than who has it. */
  readonly subject?: Subject;
}

export const URGENT = rankOf('orange');

/** Push for everybody; what is urgent by SMS too, so that a phone without signal for data rings. */
export const channelsOf = (rank: number): readonly EscalationChannel[] =>
  rank >= URGENT ? ['push', 'sms'] : ['push'];
export const PUSH = channelsOf(0);
export const URGENTLY = channelsOf(URGENT);

export function levelOfPayload(level: unknown): Level | undefined {
  return typeof level === 'string' && Object.hasOwn(LEVEL_TEXT, level) ? (level as Level) : undefined;
}
