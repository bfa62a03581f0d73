import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';

import { forgetCredentials, forgetSession, requireSession } from './credential.ts';

/** Ends one of one's own sessions at once. Throws `record.not-found` for anybody else's. */
export async function endSession(context: RequestContext, id: number): Promise<null> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username } = context.actor;
  await context.transaction(async (tx) => {
    const own = tx.deleteFrom('session').where('id', '=', id).where('account_id', '=', account);
    const ended = await own.returning(['address', 'client']).executeTakeFirst();
    if (!ended) throw new AppError('record.not-found', { what: '会话', id });
    await audit(context, tx, { action: 'session.end', subject: `account/${username}`, before: ended });
  });
  forgetSession(id);
  return null;
}

/** Ends all of one's own sessions but the one that asks. */
export async function endOtherSessions(context: RequestContext): Promise<{ readonly ended: number }> {
  const { session } = requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username } = context.actor;
  const ended = await context.transaction(async (tx) => {
    const others = tx.deleteFrom('session').where('account_id', '=', account).where('id', '<>', session.id);
    const rows = await others.returning('id').execute();
    const after = { ended: rows.length };
    if (rows.length > 0)
      await audit(context, tx, { action: 'session.end-others', subject: `account/${username}`, after });
    return rows.map((row) => row.id);
  });
  forgetCredentials((one) => one.session !== undefined && ended.includes(one.session.id));
  return { ended: ended.length };
}
