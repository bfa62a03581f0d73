import { AppError } from '#base';
import type { verificationRoutes, Warning } from '#contract/warning';
import { WARNING_STATE_TEXT } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { lockWarning, type LockedWarning, shownWarning } from './lock-warning.ts';
import { markJudged } from './mark-judged.ts';

/**
 * 判定误报: the warning was none. Its order takes the verdict by the event, a broken sensor becomes a fault; the warning goes its
 * usual way to normal and closed. Throws `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function judgeWarning(
  context: RequestContext,
  {
    params: { id },
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof verificationRoutes.judgeWarning.body>;
  },
): Promise<Warning> {
  const capability = 'warning.decide';
  context.authorize(capability);
  return context.transaction(async (tx) => {
    const found = await lockWarning(context, tx, { id, capability });
    refuseDecided(found);
    await markJudged(context, tx, [found], body);
    return shownWarning(context, tx, id);
  });
}

function refuseDecided({ state, false_alarm }: LockedWarning): void {
  if (state !== 'closed' && false_alarm === null) return;
  throw new AppError('warning.illegal-action', {
    state: false_alarm === null ? WARNING_STATE_TEXT[state] : '已判定误报',
    action: '判定误报',
  });
}
