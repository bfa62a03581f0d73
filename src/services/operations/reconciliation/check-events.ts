import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MismatchRow } from './checks.ts';

/** What the process knows of its own events. */
export interface EventFacts {
  /** Who follows events, and which. */
  readonly followers: readonly { readonly name: string; readonly types: readonly string[] }[];
  /** Events up to this number have been published for longer than anybody may take; undefined when it has not run for so long. */
  readonly settledSeq: number | undefined;
}

interface Waiting {
  readonly n: number;
  readonly since: number | null;
}

/** Events that lie in the outbox for too long. */
export async function checkPublished(
  tx: Tx,
  place: number,
  settled: number,
): Promise<readonly MismatchRow[]> {
  const { rows } = await sql<Waiting>`
    select count(*)::int as n, extract(epoch from min(written_at))::float8 * 1000 as since from outbox
    where written_at < ${new Date(settled)}`.execute(tx);
  return rows.flatMap(({ n, since }) => (n === 0 ? [] : [row(place, since, `${n} 个事件在发件箱没有发布`)]));
}

/** Events that somebody should have worked through by now, one finding for each who has not. */
export async function checkFollowed(
  tx: Tx,
  place: number,
  { followers, settledSeq }: EventFacts & { readonly settledSeq: number },
): Promise<readonly MismatchRow[]> {
  const found: MismatchRow[] = [];
  for (const { name, types } of followers) {
    const { rows } = await sql<Waiting>`
      select count(*)::int as n, extract(epoch from min(at))::float8 * 1000 as since from event
      where seq > coalesce((select seq from subscription where name = ${name}), 0) and seq <= ${settledSeq}
        and type = any(${[...types]})`.execute(tx);
    for (const { n, since } of rows) if (n > 0) found.push(row(place, since, `${n} 个事件等“${name}”办理`));
  }
  return found;
}

function row(place: number, since: number | null, text: string): MismatchRow {
  return { subject_kind: 'events', subject_id: null, place, scenario: null, since, text };
}
