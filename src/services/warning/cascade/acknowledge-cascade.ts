import { AppError } from '#base';
import type { Cascade, cascadeRoutes } from '#contract/warning';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { showCascade } from './cascade-view.ts';
import { findCascade } from './get-cascade.ts';

interface Input {
  readonly params: { readonly id: number };
  readonly body: z.output<typeof cascadeRoutes.acknowledgeCascade.body>;
}

/**
 * 签收: a seat that was told beforehand has taken note. Taken note of by two at once, it stays with the first. Throws
 * `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function acknowledgeCascade(
  context: RequestContext,
  { params: { id }, body: { platform } }: Input,
): Promise<Cascade> {
  context.authorize('warning.acknowledge');
  return context.transaction(async (tx) => {
    await findCascade(tx, id);
    const { rows } = await sql<{
      platform: number;
      place: number;
      scenario: number | null;
      at: number | null;
    }>`
      select s.platform_id as platform, s.place, s.scenario, s.acknowledged_at as at
      from cascade_seat s join platform p on p.id = s.platform_id
      where s.cascade_id = ${id} and p.code = ${platform}`.execute(tx);
    const [seat] = rows;
    if (!seat) throw new AppError('record.not-found', { what: '连带预警的席位', id: platform });
    context.authorizeRecord('warning.acknowledge', seat);
    const saved =
      await sql`update cascade_seat set acknowledged_at = ${new Date(context.now())}, acknowledged_by = ${context.actor.name}
      where cascade_id = ${id} and platform_id = ${seat.platform} and acknowledged_at is null`.execute(tx);
    if (saved.numAffectedRows !== 1n)
      throw new AppError('warning.illegal-action', { state: '已签收', action: '签收' });
    const { place, scenario } = seat;
    await audit(context, tx, {
      action: 'cascade.acknowledge',
      subject: `cascade/${id}`,
      after: { platform },
      place,
      scenario,
    });
    const payload = { id, state: 'acknowledged', text: `${context.actor.name} 签收连带预警` };
    await announce(tx, [{ type: 'cascade.changed', at: context.now(), place, scenario, payload }]);
    return showCascade(await findCascade(tx, id), context.actor);
  });
}
