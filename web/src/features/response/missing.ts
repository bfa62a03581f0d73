import type { WorkOrderDetail } from '#contract/response';
import type { Requirement } from '#model/response';

import { type Draft, noteOf } from './draft.ts';
import { REQUIREMENT_TEXT } from './text.ts';

type Order = Pick<WorkOrderDetail, 'steps'>;

/** What an action demands and the draft does not hold yet, in words. Empty: it may be handed in. */
export function missingOf(requires: readonly Requirement[], draft: Draft, order: Order): readonly string[] {
  const lacks: Readonly<Record<Requirement, boolean>> = {
    reason: draft.reason.trim() === '',
    note: noteOf(draft, order.steps) === '',
    steps: openSteps(draft, order).length > 0,
    verdict: draft.verdict === undefined,
  };
  return requires
    .filter((requirement) => lacks[requirement])
    .map((requirement) => {
      if (requirement !== 'steps') return REQUIREMENT_TEXT[requirement];
      return `${REQUIREMENT_TEXT.steps}（${openSteps(draft, order).length} 项）`;
    });
}

/** Required steps that are neither done nor ticked. */
function openSteps(draft: Draft, { steps }: Order): Order['steps'] {
  return steps.filter((step) => step.required && step.doneAt === null && !draft.steps.includes(step.code));
}
