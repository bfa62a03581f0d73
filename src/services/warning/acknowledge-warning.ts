import { AppError } from '#base';
import type { Warning } from '#contract/warning';
import { WARNING_STATE_TEXT } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { loadWarnings, showWarning } from './warning-view.ts';

/**
 * 签收: somebody on duty has seen it, also one that has returned by itself meanwhile. Seen by two at once, it stays with the first.
 * Throws `record.not-found`, `access.denied`, `warning.illegal-action`.
 */
export async function acknowledgeWarning(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<Warning> {
  context.authorize('warning.acknowledge');
  return context.transaction(async (tx) => {
    const found = await tx
      .selectFrom('warning')
      .select(['id', 'place', 'scenario', 'state', 'level', 'acknowledged_at'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw new AppError('record.not-found', { what: '预警', id: String(params.id) });
    context.authorizeRecord('warning.acknowledge', found);
    if (found.state === 'closed' || found.acknowledged_at !== null) {
      const state = found.acknowledged_at === null ? WARNING_STATE_TEXT[found.state] : '已签收';
      throw new AppError('warning.illegal-action', { state, action: '签收' });
    }
    const at = new Date(context.now());
    const by = context.actor.name;
    const { id, place, scenario, level } = found;
    await tx
      .updateTable('warning')
      .set({ acknowledged_at: at, acknowledged_by: by, told_at: at })
      .where('id', '=', id)
      .execute();
    await tx
      .insertInto('warning_change')
      .values({
        warning_id: id,
        place,
        scenario,
        at,
        by,
        change: 'acknowledged',
        from_level: level,
        to_level: level,
        reason: `${by} 签收`,
      })
      .execute();
    await audit(context, tx, { action: 'warning.acknowledge', subject: `warning/${id}` });
    await announce(tx, [
      {
        type: 'warning.acknowledged',
        at: at.getTime(),
        place,
        scenario,
        payload: { id, text: `${by} 签收` },
      },
    ]);
    const [row] = await loadWarnings(tx, sql`where w.id = ${id}`, context.now());
    if (!row) throw new AppError('record.not-found', { what: '预警', id: String(id) });
    return showWarning(row, context.actor);
  });
}
