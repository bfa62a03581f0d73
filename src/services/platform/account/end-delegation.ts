import { AppError } from '#base';
import type { Delegation } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { requireSession } from '../session/credential.ts';
import { loadDelegations, showDelegation } from './delegation-view.ts';
import { forgetPeople } from './forget-people.ts';

/**
 * Ends a delegation before its time: the person, the deputy, or who arranges in scope. Throws `record.not-found`,
 * `delegation.refused` when it is over.
 */
export async function endDelegation(context: RequestContext, id: number): Promise<Delegation> {
  // Whoever arranges sees those in scope and, as everybody, the own ones.
  if (context.actor.rights.has('delegation.arrange')) context.authorize('delegation.arrange');
  else {
    requireSession(context);
    context.authorizeSelf();
  }
  const { shown, deputy } = await context.transaction(async (tx) => {
    await sql`select from delegation where id = ${id} for update`.execute(tx);
    const [row] = await loadDelegations(tx, sql`where d.id = ${id}`);
    if (!row) throw new AppError('record.not-found', { what: '代理', id: String(id) });
    if (!showDelegation(context, row).allowedActions.includes('end'))
      throw new AppError('delegation.refused', { reason: '这条代理已经结束' });
    await sql`update delegation set ended_at = ${new Date(context.now())}, ended_by = ${context.actor.username}
      where id = ${id}`.execute(tx);
    await audit(context, tx, {
      action: 'delegation.end',
      subject: `account/${row.principal.username}`,
      before: { deputy: row.deputy.username, to: row.to_at },
      after: { deputy: row.deputy.username, to: context.now() },
      place: row.place,
      scenario: row.scenario,
    });
    const [ended] = await loadDelegations(tx, sql`where d.id = ${id}`);
    return { shown: showDelegation(context, ended ?? row), deputy: row.deputy_id };
  });
  forgetPeople([deputy]);
  return shown;
}
