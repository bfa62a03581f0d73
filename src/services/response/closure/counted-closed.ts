import { spanOfBeijingMonth } from '#base';
import { SELF_TEST_PLACE } from '#model/platform';
import { type RawBuilder, sql } from 'kysely';

/**
 * Orders `o` that were closed in a Beijing month (`2026-11`) and count: what was merged or waived has no record of its own; replays,
 * drills, simulations and self-tests are practice. In the words of the partial indexes of migration 0062.
 */
export function countedClosed(month: string): RawBuilder<boolean> {
  const { from, to } = spanOfBeijingMonth(month);
  return sql<boolean>`(o.state = 'closed' and o.merged_into is null and not o.waived and o.replay_session_id is null
    and not o.simulated and o.place <> ${SELF_TEST_PLACE} and o.closed_at >= ${new Date(from)} and o.closed_at < ${new Date(to)})`;
}

/** Never sent back, by a person or by the rule, and never reopened (一次结案). */
export const FIRST_PASS = sql<boolean>`o.sent_back = 0`;
