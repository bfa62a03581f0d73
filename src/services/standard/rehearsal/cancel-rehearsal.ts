import { AppError } from '#base';
import { REHEARSAL_STATE_TEXT, type Rehearsal } from '#contract/standard';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { findRehearsal } from './get-rehearsal.ts';
import { showRehearsal } from './rehearsal-view.ts';
import { tellRehearsal } from './request-rehearsal.ts';

/** Calls off a rehearsal that waits or runs; what runs it looks for that. Throws `record.not-found`, `access.denied`, `standard.illegal-action`. */
export async function cancelRehearsal(context: RequestContext, id: number): Promise<Rehearsal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    await sql`select from rehearsal r where r.id = ${id} for update`.execute(tx);
    const before = await findRehearsal(tx, id);
    context.authorizeRecord('standard.draft', before);
    if (before.state !== 'waiting' && before.state !== 'running')
      throw new AppError('standard.illegal-action', {
        state: REHEARSAL_STATE_TEXT[before.state],
        action: '取消推演',
      });
    const at = new Date(context.now());
    await sql`update rehearsal set state = 'cancelled', cancelled_by = ${context.actor.accountId}, ended_at = ${at}
      where id = ${id}`.execute(tx);
    const row = await findRehearsal(tx, id);
    await audit(context, tx, {
      action: 'rehearsal.cancel',
      subject: `rehearsal/${id}`,
      before: { state: before.state },
      after: { state: row.state },
      place: row.place,
      scenario: row.scenario,
    });
    await tellRehearsal(context, tx, row);
    return showRehearsal(context, row);
  });
}
