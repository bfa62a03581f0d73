import type { BasisCited, basisRoutes } from '#contract/standard';
import { BASIS_TAGS } from '#model/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type Cite, loadCites } from './cites.ts';

type Route = typeof basisRoutes.listBases;

/** The register of bases, by document and clause. It is read from the standards in force: some hundred rows, paged by their order. */
export async function listBases(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  const { scenario, search, after, limit } = query;
  const needle = search?.trim() ?? '';
  const where = sql.join(
    [
      scenario === undefined ? sql`true` : sql`s.code = ${scenario}`,
      needle === ''
        ? sql`true`
        : sql`strpos(lower(c.document || coalesce(c.clause, '')), lower(${needle})) > 0`,
    ],
    sql` and `,
  );
  const cites = await context.transaction((tx) => loadCites(tx, context.now(), where));
  const groups = [...Map.groupBy(cites, ({ document, clause }) => `${document}\n${clause ?? ''}`).values()];
  const from = readIdCursor(after);
  const rest = groups
    .slice(from, from + limit + 1)
    .map((group, i) => ({ basis: show(group), at: from + i + 1 }));
  const { page, next } = cutPage(rest, limit, ({ at }) => String(at));
  return { items: page.map(({ basis }) => basis), next };
}

function show(cites: readonly Cite[]): BasisCited {
  return {
    document: cites[0]?.document ?? '',
    clause: cites[0]?.clause ?? null,
    tags: BASIS_TAGS.filter((tag) => cites.some((cite) => cite.tag === tag)),
    verified: cites.every(({ verified }) => verified),
    scenarios: [...Map.groupBy(cites, ({ scenario }) => scenario).values()].map((its) => ({
      scenario: its[0]?.scenario_code ?? '',
      name: its[0]?.scenario_name ?? '',
      signs: its.filter(({ kind }) => kind === 'sign').map(({ code, name }) => ({ code, name })),
      others: its.filter(({ kind }) => kind !== 'sign').length,
    })),
  };
}
