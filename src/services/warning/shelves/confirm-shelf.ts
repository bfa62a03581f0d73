import { AppError } from '#base';
import type { Shelf } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';

import { markShelved } from './begin-shelf.ts';
import { checkLength } from './longest-shelf.ts';
import { shelfText } from './shelf-text.ts';
import { lockShelf, tellShelf } from './tell-shelf.ts';

/**
 * A department owner, not the one who proposed it nor whoever they act for, lets red alarms be shelved; it runs from now on.
 * Throws `record.not-found`, `record.changed`, `access.denied`, `access.same-person`, `shelf.illegal-action`, `shelf.too-long`.
 */
export async function confirmShelf(
  context: RequestContext,
  input: { readonly params: { readonly id: number }; readonly body: { readonly version: number } },
): Promise<Shelf> {
  context.authorize('warning.shelve-red');
  return context.transaction(async (tx) => {
    const before = await lockShelf(tx, input);
    const { id, place, scenario_id: scenario, minutes } = before;
    context.authorizeRecord('warning.shelve-red', { place, scenario });
    const now = context.now();
    if (before.state !== 'proposed' || before.until <= now)
      throw new AppError('shelf.illegal-action', { state: '已不待确认', action: '确认' });
    const { accountId, name } = context.actor;
    if (before.made_by_id === accountId || before.made_by_id === context.actingFor?.id)
      throw new AppError('access.same-person');
    await checkLength(tx, { level: levelOf(before.level) ?? 'red', scenario, minutes });
    const until = now + minutes * 60_000;
    await tx
      .updateTable('shelf')
      .set({
        state: 'running',
        confirmed_by: name,
        confirmed_by_id: accountId,
        from_at: new Date(now),
        until: new Date(until),
        version: before.version + 1,
      })
      .where('id', '=', id)
      .execute();
    const text = `${shelfText({ ...before, until }, now)}（${name}确认）`;
    await markShelved(tx, id, { at: now, by: name, text });
    return tellShelf(context, tx, { id, verb: 'confirm', before });
  });
}
