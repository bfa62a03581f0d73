import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Look {
  /** Epoch ms; null: never at this seat. */
  readonly lookedAt: number | null;
}

/** When the caller last looked at the desk, at the seat that is theirs now. */
export async function getDutyLook(context: RequestContext): Promise<Look> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => ({ lookedAt: await lookedAt(context, tx) }));
}

/** Notes how far the caller has looked. Two screens of one person: the later look counts, and none lies ahead of now. */
export async function putDutyLook(
  context: RequestContext,
  { body }: { readonly body: { readonly at: number } },
): Promise<Look> {
  context.authorize('warning.read');
  const now = context.now();
  const at = new Date(Math.min(body.at, now));
  return context.transaction(async (tx) => {
    const seat = await seatOf(context, tx);
    await sql`insert into desk_look (account_id, seat_id, looked_at) values (${context.actor.accountId}, ${seat}, ${at})
      on conflict (account_id, seat_id) do update set looked_at = greatest(desk_look.looked_at, excluded.looked_at)`.execute(
      tx,
    );
    return { lookedAt: await lookedAt(context, tx) };
  });
}

export async function lookedAt(context: RequestContext, tx: Tx): Promise<number | null> {
  const seat = await seatOf(context, tx);
  const found = await tx
    .selectFrom('desk_look')
    .select('looked_at')
    .where('account_id', '=', context.actor.accountId)
    .where('seat_id', '=', seat)
    .executeTakeFirst();
  return found?.looked_at ?? null;
}

/** The seat the caller stands at now; 0 for somebody who looks without a shift. */
async function seatOf(context: RequestContext, tx: Tx): Promise<number> {
  const now = new Date(context.now());
  const { rows } = await sql<{ seat: number }>`select seat_id as seat from duty_busy
    where account_id = ${context.actor.accountId} and from_at <= ${now} and to_at > ${now}
    order by from_at desc, seat_id limit 1`.execute(tx);
  return rows[0]?.seat ?? 0;
}
