import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

/** When the next published version takes effect or an own limit ends (epoch ms); Infinity when nothing is to come. */
export async function nextMoment(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ at: number | null }>`
      select least(
        (select min(effective_from) from standard_version where took_effect_at is null and cancelled_at is null),
        (select min(valid_until) from own_limit where state = 'in-force')) as at`.execute(tx);
    return rows[0]?.at ?? Number.POSITIVE_INFINITY;
  });
}
