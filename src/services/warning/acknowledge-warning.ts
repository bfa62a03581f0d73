import { AppError } from '#base';
import type { Warning } from '#contract/warning';
import { WARNING_STATE_TEXT } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import { keepPlans } from '#storage';

import { lockWarning, shownWarning } from './life/lock-warning.ts';
import { noteAcknowledged } from './life/note-acknowledged.ts';

/**
 * 签收: somebody on duty has seen it, also one that has returned by itself meanwhile. Seen by two at once, it stays with the first.
 * Throws `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function acknowledgeWarning(
  context: RequestContext,
  { params: { id } }: { readonly params: { readonly id: number } },
): Promise<Warning> {
  const capability = 'warning.acknowledge';
  context.authorize(capability);
  return context.transaction(async (tx) => {
    await keepPlans(tx);
    const found = await lockWarning(context, tx, { id, capability });
    if (found.state === 'closed' || found.acknowledged_at !== null) {
      const state = found.acknowledged_at === null ? WARNING_STATE_TEXT[found.state] : '已签收';
      throw new AppError('warning.illegal-action', { state, action: '签收' });
    }
    const text = await noteAcknowledged(context, tx, { acted: [found] });
    await audit(context, tx, { action: 'warning.acknowledge', subject: `warning/${id}` });
    const { place, scenario } = found;
    await announce(tx, [
      { type: 'warning.acknowledged', at: context.now(), place, scenario, payload: { id, text } },
    ]);
    return shownWarning(context, tx, id);
  });
}
