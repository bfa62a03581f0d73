import { AppError } from '#base';
import type { Shelf, shelfRoutes } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { checkLength } from './longest-shelf.ts';
import { lockShelf, tellShelf } from './tell-shelf.ts';

type Body = z.output<typeof shelfRoutes.prolongShelf.body>;

/**
 * A shelf goes on from now for so many minutes, once. Throws `record.not-found`, `record.changed`, `access.denied`,
 * `shelf.illegal-action`, `shelf.too-long`.
 */
export async function prolongShelf(
  context: RequestContext,
  input: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<Shelf> {
  context.authorize('warning.shelve');
  const { minutes, reason } = input.body;
  return context.transaction(async (tx) => {
    const before = await lockShelf(tx, input);
    const { id, place, scenario_id: scenario, level } = before;
    context.authorizeRecord('warning.shelve', { place, scenario });
    const now = context.now();
    const refused = refusal(before, now);
    if (refused !== undefined) throw new AppError('shelf.illegal-action', { state: refused, action: '延长' });
    await checkLength(tx, { level: levelOf(level) ?? 'blue', scenario, minutes });
    const until = new Date(now + minutes * 60_000);
    await tx
      .updateTable('shelf')
      .set({
        until,
        prolonged_by: context.actor.name,
        prolonged_at: new Date(now),
        prolonged_why: reason,
        reminded_at: null,
        version: before.version + 1,
      })
      .where('id', '=', id)
      .execute();
    await sql`update alarm_hold set until = ${until} where held_by = ${`shelf/${id}`} and ended_at is null`.execute(
      tx,
    );
    return tellShelf(context, tx, { id, verb: 'prolong', before });
  });
}

function refusal(
  {
    state,
    until,
    prolonged,
    level,
  }: Pick<Shelf, 'state' | 'until' | 'prolonged'> & { readonly level: number },
  now: number,
): string | undefined {
  if (state !== 'running' || until <= now) return '没有在进行';
  if (prolonged !== null) return '已延长过一次';
  return level === 4 ? '含红色报警' : undefined;
}
