import type { Subscription } from '#bus';
import { followRefusals } from '#services/operations';
import { sendBackRisen, takeVerdicts } from '#services/response';
import type { Database } from '#storage';

/**
 * What follows of what is said or seen of a warning later: a person said that it was none, for its order and for what is to be mended;
 * or it has risen again though its order was cleared.
 */
export function verdictSubscriptions(now: () => number): readonly Subscription<Database>[] {
  return [
    {
      name: 'response.take-verdicts',
      urgency: 'chain',
      types: ['warning.judged'],
      handle: (tx, events) => takeVerdicts(tx, events, now()),
    },
    {
      name: 'response.send-back-risen',
      urgency: 'chain',
      types: ['warning.raised'],
      handle: (tx, events) => sendBackRisen(tx, events, now()),
    },
    {
      name: 'operations.follow-refusals',
      types: ['alarm.refused', 'warning.judged'],
      handle: (tx, events) => followRefusals(tx, events, now()),
    },
  ];
}
