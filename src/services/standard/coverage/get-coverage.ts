import type { Coverage, coverageRoutes, CoverageRow } from '#contract/standard';
import { coverageFigures, type LedgerCount, type ObjectCount } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { beijingDay } from './beijing-day.ts';
import { countCoverage, type Counted } from './count-coverage.ts';
import { narrowedTo } from './coverage-reach.ts';

type Query = z.output<typeof coverageRoutes.getCoverage.query>;

/** How far what should be watched is watched, step by step, in the caller's scope. Throws `record.not-found`, `input.invalid`. */
export async function getCoverage(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Coverage> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const counted = await countCoverage(context, tx, query);
    const names = await loadNames(tx);
    const named = (code: string): string => names.get(code) ?? code;
    return {
      takenAt: await takenAt(tx),
      total: figures(coverageFigures(counted.objects, counted.ledger)),
      scenarios: by(counted, ({ scenario }) => scenario).map(([scenario, one]) => ({
        ...one,
        scenario,
        name: named(scenario),
      })),
      towns: by(counted, ({ town }) => town).map(([town, one]) => ({
        ...one,
        town,
        name: town === '' ? NO_TOWN : named(town),
      })),
      cells: by(counted, ({ scenario, town }) => `${scenario} ${town}`).map(([key, one]) => {
        const [scenario = '', town = ''] = key.split(' ');
        return { ...one, scenario, town };
      }),
      villages:
        query.town === undefined
          ? []
          : by(villagesOf(counted), ({ village }) => village ?? '').map(([village, one]) => ({
              ...one,
              village: village === '' ? null : village,
              name: village === '' ? NO_VILLAGE : named(village),
            })),
      kinds:
        query.scenario === undefined
          ? []
          : by(counted, ({ kind }) => kind ?? '').map(([kind, one]) => ({
              ...one,
              kind: kind === '' ? null : kind,
              name: kind === '' ? NO_KIND : named(kind),
            })),
      plans: await countPlans(context, tx, query),
    };
  });
}

const NO_TOWN = '未定街镇';
const NO_VILLAGE = '未分居村';
const NO_KIND = '未归类';

type Keyed = Pick<ObjectCount | LedgerCount, 'scenario' | 'kind' | 'town' | 'village'>;

/** A figure of the whole town says nothing of any of its villages. */
function villagesOf({ objects, ledger }: Counted): Counted {
  return { objects, ledger: ledger.map((one) => (one.village === null ? { ...one, figure: null } : one)) };
}

/** The figures of each group, in the order of their keys. */
function by(
  { objects, ledger }: Counted,
  keyOf: (count: Keyed) => string,
): readonly (readonly [string, CoverageRow])[] {
  const objectsOf = Map.groupBy(objects, keyOf);
  const ledgerOf = Map.groupBy(ledger, keyOf);
  const keys = [...new Set([...objectsOf.keys(), ...ledgerOf.keys()])].toSorted();
  return keys.map(
    (key) => [key, figures(coverageFigures(objectsOf.get(key) ?? [], ledgerOf.get(key) ?? []))] as const,
  );
}

function figures({ lacking, ...rest }: ReturnType<typeof coverageFigures>): CoverageRow {
  return { ...rest, lacking: { ...lacking } };
}

async function loadNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from platform where kind in ('town','zone','village') union all select code, name from scenario
    union all select code, name from object_kind`.execute(tx);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

async function takenAt(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number }>`select taken_at as at from coverage_mark`.execute(tx);
  return rows[0]?.at ?? null;
}

async function countPlans(context: RequestContext, tx: Tx, query: Query): Promise<Coverage['plans']> {
  const { town: _town, ...narrowed } = query;
  const conditions = await narrowedTo(tx, narrowed, 'p');
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*) as open, count(*) filter (where p.due_on < ${beijingDay(context.now())}::date) as overdue
    from coverage_plan p where p.met_at is null and p.withdrawn_at is null and ${sql.join([sql`true`, ...conditions], sql` and `)}`.execute(
    tx,
  );
  return rows[0] ?? { open: 0, overdue: 0 };
}
