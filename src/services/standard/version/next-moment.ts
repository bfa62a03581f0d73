import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

/** When the next published version takes effect (epoch ms); Infinity when none is to come. */
export async function nextMoment(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ at: number | null }>`
      select min(effective_from) as at from standard_version where took_effect_at is null and cancelled_at is null`.execute(
      tx,
    );
    return rows[0]?.at ?? Number.POSITIVE_INFINITY;
  });
}
