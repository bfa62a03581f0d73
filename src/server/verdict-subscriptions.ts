import type { Subscription } from '#bus';
import { followRefusals } from '#services/operations';
import { takeVerdicts } from '#services/response';
import type { Database } from '#storage';

/** What follows when a person has said that an alarm or a warning was none: for its order, and for what is to be mended. */
export function verdictSubscriptions(now: () => number): readonly Subscription<Database>[] {
  return [
    {
      name: 'response.take-verdicts',
      types: ['warning.judged'],
      handle: (tx, events) => takeVerdicts(tx, events, now()),
    },
    {
      name: 'operations.follow-refusals',
      types: ['alarm.refused', 'warning.judged'],
      handle: (tx, events) => followRefusals(tx, events, now()),
    },
  ];
}
