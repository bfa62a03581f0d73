import type { OrderLink } from '#contract/response';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A link as it is kept. Moments are epoch ms. */
export interface LinkRow {
  readonly id: number;
  readonly work_order_id: number;
  readonly place: number;
  readonly scenario: number;
  readonly person: string;
  readonly hand_unit: string;
  readonly call_sealed: string | null;
  readonly made_at: number;
  readonly made_by: string;
  readonly until: number;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
  readonly browser_hash: Buffer | null;
  readonly opened_at: number | null;
  readonly arrived_at: number | null;
  readonly outcome: 'done' | 'cannot' | null;
  readonly outcome_at: number | null;
}

export const CALL_PURPOSE = 'order-link-call';

export async function loadLinks(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select id, work_order_id, place, scenario, person, hand_unit, call_sealed, made_at, made_by, until, ended_at, ended_by,
      browser_hash, opened_at, arrived_at, outcome, outcome_at
    from order_link ${suffix}`.execute(tx);
  return rows;
}

/** Who acts by it, as the timeline says it: never to be taken for somebody with an account. */
export const handText = ({ person, hand_unit: unit }: Pick<LinkRow, 'person' | 'hand_unit'>): string =>
  `经一次性链接：${person}（${unit}）`;

export function showLink(row: LinkRow, now: number): OrderLink {
  return {
    id: row.id,
    person: row.person,
    handUnit: row.hand_unit,
    madeBy: row.made_by,
    madeAt: row.made_at,
    until: row.until,
    openedAt: row.opened_at,
    arrivedAt: row.arrived_at,
    outcome: row.outcome,
    outcomeAt: row.outcome_at,
    state: stateOf(row, now),
  };
}

function stateOf(row: LinkRow, now: number): OrderLink['state'] {
  if (row.outcome !== null) return row.outcome;
  if (row.ended_at !== null) return 'ended';
  if (row.until <= now) return 'expired';
  if (row.arrived_at !== null) return 'arrived';
  return row.opened_at === null ? 'waiting' : 'opened';
}
