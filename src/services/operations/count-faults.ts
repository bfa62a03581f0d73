import type { FaultCounts } from '#contract/operations';
import { FAULT_KIND_RULES, FAULT_KINDS, FAULT_STATES } from '#model/operations';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { isOverdueNow, waitsForMe } from './fault-conditions.ts';

/** What is not closed, by state and kind, over everything the caller sees. */
export async function countFaults(context: RequestContext): Promise<FaultCounts> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ state: string; kind: string; n: number; overdue: number; mine: number }>`
      select state, kind, count(*) as n, count(*) filter (where ${isOverdueNow(context.now())}) as overdue,
        count(*) filter (where ${waitsForMe(context.actor)}) as mine
      from fault f where state <> 'closed' group by state, kind`.execute(tx);
    const total = (of: 'n' | 'overdue' | 'mine', among = rows): number =>
      among.reduce((sum, row) => sum + row[of], 0);
    return {
      byState: FAULT_STATES.filter((state) => state !== 'closed').map((state) => ({
        state,
        count: total(
          'n',
          rows.filter((row) => row.state === state),
        ),
      })),
      byKind: FAULT_KINDS.map((kind) => ({
        kind,
        text: FAULT_KIND_RULES[kind].text,
        count: total(
          'n',
          rows.filter((row) => row.kind === kind),
        ),
      })).filter(({ count }) => count > 0),
      overdue: total('overdue'),
      mine: total('mine'),
    };
  });
}
