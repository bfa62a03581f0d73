import type { Tx } from '#storage';
import { sql } from 'kysely';

import { findPlatform } from '../organisation/find-platform.ts';

interface Row {
  readonly town: string;
  readonly residents: number | null;
  readonly workers: number | null;
  readonly source: string | null;
  readonly asOf: string | null;
}

/** The people of every town as they were told; towns without a figure stand there to be filled in. */
export async function exportPopulation(
  tx: Tx,
  { under }: { readonly under?: string | undefined },
): Promise<readonly (Row & Readonly<Record<string, string | number | null>>)[]> {
  const within = under === undefined ? undefined : await findPlatform(tx, under);
  const { rows } = await sql<Row & Readonly<Record<string, string | number | null>>>`
    select t.name as town, p.residents, p.workers, p.source, p.as_of as "asOf"
    from platform t left join town_population p on p.town = t.code
    where t.kind = 'town' and ${within ? sql`t.place between ${within.place} and ${within.place_to}` : sql`true`}
    order by t.code`.execute(tx);
  return rows;
}
