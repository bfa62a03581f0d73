import { AppError } from '#base';
import type { Population, populationRoutes } from '#contract/platform';
import { implausible } from '#model/platform';
import { cutPage, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { beijingDay } from '../audit/write-head.ts';
import type { HeldPopulation, Town } from './population-facts.ts';
import { savePopulations } from './save-populations.ts';

type Body = z.output<typeof populationRoutes.putPopulation.body>;
type Page = z.output<typeof populationRoutes.listPopulations.reply>;

/** People of the towns that told them, in the order of the towns' codes. */
export async function listPopulations(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof populationRoutes.listPopulations.query> },
): Promise<Page> {
  context.authorize('platform.read');
  return context.transaction(async (tx) => {
    const rows = await load(
      context,
      tx,
      sql`where p.town > ${query.after ?? ''} order by p.town limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ town }) => town);
    return { items: [...page], next };
  });
}

/** Tells the people of one town, or tells them anew. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function putPopulation(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Population> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const town = await findTown(tx, body.town);
    context.authorizeRecord('object.manage', { place: town.place, scenario: null });
    const wrong = implausible(body, beijingDay(context.now()));
    if (wrong.length > 0)
      throw new AppError('input.invalid', { issues: wrong.map(({ message }) => message).join('；') });
    const { rows } = await sql<HeldPopulation>`
      select town, residents, workers, source, as_of, version from town_population where town = ${town.code} for update`.execute(
      tx,
    );
    const before = rows[0] ?? null;
    if (before?.version !== body.version) throw new AppError('record.changed');
    const { residents, workers, source, asOf } = body;
    const after = { town: town.code, residents, workers, source, as_of: asOf };
    await savePopulations(context, tx, [{ before, after, place: town.place }]);
    const [told] = await load(context, tx, sql`where p.town = ${town.code}`);
    if (!told) throw new AppError('record.not-found', { what: '人口', id: town.code });
    return told;
  });
}

async function findTown(tx: Tx, code: string): Promise<Town> {
  const { rows } = await sql<Town>`
    select code, name, place from platform where code = ${code} and kind in ('town','zone')`.execute(tx);
  const [town] = rows;
  if (!town) throw new AppError('record.not-found', { what: '街镇', id: code });
  return town;
}

async function load(
  context: RequestContext,
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly Population[]> {
  const { rows } = await sql<Omit<Population, 'allowedActions'> & { readonly place: number }>`
    select p.town, t.name, t.place, p.residents, p.workers, p.source, p.as_of as "asOf", p.told_by as "toldBy",
      p.told_at as "toldAt", p.version
    from town_population p join platform t on t.code = p.town ${tail}`.execute(tx);
  return rows.map(({ place, ...shown }) => ({
    ...shown,
    allowedActions: context.actor.rights.mayAt('object.manage', { place, scenario: null }) ? ['edit'] : [],
  }));
}
