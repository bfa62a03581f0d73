import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Who reports: the district, and of each scenario its own platform. */
interface ReportingPlatforms {
  readonly district: number | undefined;
  readonly ofScenario: (scenario: number) => number | undefined;
}

export async function reportingPlatforms(tx: Tx): Promise<ReportingPlatforms> {
  const { rows } = await sql<{ id: number; kind: string; scenario: number | null }>`
    select id, kind, scenario from platform
    where place is not null and (kind = 'district' or scenario is not null and kind in ('scenario', 'industry'))
    order by id desc`.execute(tx);
  const byScenario = new Map(rows.flatMap(({ id, scenario }) => (scenario === null ? [] : [[scenario, id]])));
  return {
    district: rows.find(({ kind }) => kind === 'district')?.id,
    ofScenario: (scenario) => byScenario.get(scenario),
  };
}
