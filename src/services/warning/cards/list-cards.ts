import type { Warning, WarningCard, cardRoutes } from '#contract/warning';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import type { Tx } from '#storage';
import { type CardCell, chooseGrains, countOf, gatherCards, type WarningCardDraft } from '#workflow';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadWarnings, showWarning } from '../warning-view.ts';
import { loadAreas } from './card-areas.ts';
import { onCard } from './card-key.ts';
import { loadCells, takeApart } from './load-cells.ts';
import { loadExtremes } from './load-extremes.ts';
import { type CardNames, showCard } from './show-card.ts';

type Query = z.output<typeof cardRoutes.listWarningCards.query>;
type WarningsQuery = z.output<typeof cardRoutes.listCardWarnings.query>;

/** The open warnings the caller may see, on cards; counted by the database, however many they are. */
export async function listCards(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: WarningCard[]; readonly warnings: number }> {
  context.authorize('warning.read');
  const where = sql`${sql.join([context.reach('w'), ...filters(query)], sql` and `)}`;
  return context.transaction(async (tx) => {
    const cells = await loadCells(tx, where);
    const { areaAt, nameOf } = await loadAreas(tx, cells);
    const grains = chooseGrains(cells, areaAt, query);
    const drafts = gatherCards(await takeApart(tx, cells, grains), areaAt, grains);
    const names = await loadNames(tx, cells);
    const singleOf = await loadSingles(tx, drafts);
    const extremeOf = await loadExtremes(
      tx,
      where,
      drafts.map((draft) => draft.cells),
    );
    const facts = { actor: context.actor, now: context.now(), nameOf };
    const items = drafts.flatMap((draft) => {
      const named = names(draft.cells[0]);
      if (!named) return [];
      const extreme = draft.area.kind === 'cause' ? undefined : extremeOf(draft.cells, named.item.name);
      return showCard(draft, { ...facts, names: named, extreme, single: singleOf(draft) }) ?? [];
    });
    return { items, warnings: cells.reduce((sum, cell) => sum + countOf(cell), 0) };
  });
}

function filters({ scenario, replay }: Query): RawBuilder<unknown>[] {
  return [
    scenario === undefined ? [] : sql`w.scenario = (select id from scenario where code = ${scenario})`,
    replay === undefined
      ? []
      : replay
        ? sql`w.replay_session_id is not null`
        : sql`w.replay_session_id is null`,
  ].flat();
}

async function loadNames(
  tx: Tx,
  cells: readonly CardCell[],
): Promise<(cell: CardCell | undefined) => CardNames | undefined> {
  const { rows } = await sql<{ code: string; name: string; kind: string }>`
    select distinct on (code) code, name, kind from warning_item
    where code = any(${[...new Set(cells.map(({ item }) => item))]}) order by code, standard_id desc`.execute(
    tx,
  );
  const scenarios = await tx.selectFrom('scenario').select(['id', 'code', 'name']).execute();
  const items = new Map(rows.map((row) => [row.code, row]));
  const byId = new Map(scenarios.map((row) => [row.id, row]));
  return (cell) => {
    const scenario = cell && byId.get(cell.scenario);
    if (!scenario) return undefined;
    return {
      item: items.get(cell.item) ?? { code: cell.item, name: cell.item, kind: '' },
      scenario: scenario.code,
      scenarioName: scenario.name,
    };
  };
}

/** The object of a card that holds one warning: nobody is told “康桥镇 下立交积水” where it is one underpass. */
async function loadSingles(
  tx: Tx,
  drafts: readonly WarningCardDraft[],
): Promise<(draft: WarningCardDraft) => string | undefined> {
  const idOf = ({ cells: [first, ...more] }: WarningCardDraft): number | undefined =>
    first && more.length === 0 && countOf(first) === 1 ? first.newest : undefined;
  const { rows } = await sql<{ id: number; name: string }>`
    select w.id, m.name from warning w join monitored_object m on m.id = w.object_id
    where w.id = any(${drafts.flatMap((draft) => idOf(draft) ?? [])}::bigint[])`.execute(tx);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (draft) => names.get(idOf(draft) ?? 0);
}

/** A page of the warnings on a card, newest first. */
export async function listCardWarnings(
  context: RequestContext,
  { params, query }: { readonly params: { readonly card: string }; readonly query: WarningsQuery },
): Promise<{ readonly items: Warning[]; readonly next: string | null }> {
  context.authorize('warning.read');
  const cursor = readCursor(query.after);
  const conditions = [context.reach('w'), onCard(params.card)];
  if (cursor) conditions.push(sql`(w.opened_at, w.id) < (${new Date(cursor.at)}, ${cursor.id})`);
  return context.transaction(async (tx) => {
    const rows = await loadWarnings(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by w.opened_at desc, w.id desc limit ${query.limit + 1}`,
      context.now(),
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    return { items: page.map((row) => showWarning(row, context)), next };
  });
}
