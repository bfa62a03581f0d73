import { AppError } from '#base';
import type { Shelf, shelfRoutes } from '#contract/warning';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { closeShelf } from './close-shelf.ts';
import { lockShelf, tellShelf } from './tell-shelf.ts';

type Body = z.output<typeof shelfRoutes.endShelf.body>;

/**
 * Somebody ends a shelf before its time, or takes a proposal back. Throws `record.not-found`, `record.changed`, `access.denied`,
 * `shelf.illegal-action`.
 */
export async function endShelf(
  context: RequestContext,
  input: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Shelf> {
  context.authorize('warning.shelve');
  return context.transaction(async (tx) => {
    const before = await lockShelf(tx, input);
    const { id, place, scenario_id: scenario } = before;
    context.authorizeRecord('warning.shelve', { place, scenario });
    if (before.state === 'ended')
      throw new AppError('shelf.illegal-action', { state: '已结束', action: '结束' });
    const by = context.actor.name;
    const why = input.body.reason;
    await closeShelf(tx, id, { at: context.now(), by, why, said: `${by}提前结束搁置（${why}），仍超过限值` });
    return tellShelf(context, tx, { id, verb: 'end', before });
  });
}
