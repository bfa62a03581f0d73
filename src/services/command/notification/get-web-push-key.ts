import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** The key by which the caller's browser may be subscribed; null where no channel calls browsers. */
export async function getWebPushKey(context: RequestContext): Promise<{ readonly publicKey: string | null }> {
  context.authorizeSelf();
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      key: string | null;
    }>`select web_push_key(${context.actor.accountId}) as key`.execute(tx);
    return { publicKey: rows[0]?.key ?? null };
  });
}
