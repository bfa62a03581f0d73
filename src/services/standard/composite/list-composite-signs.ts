import { type compositeRoutes, type CompositeSignView, conditionWords } from '#contract/standard';
import { SIGN_LEVELS, unitText } from '#model/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { type CompositeInForce, compositesInForce, type Named } from './composites-in-force.ts';

type Route = typeof compositeRoutes.listCompositeSigns;

/** A page of the composite signs in force, their conditions in words and in CEL. */
export async function listCompositeSigns(
  context: RequestContext,
  { query: { scenario, after, limit } }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  const { composites, nameOf } = await context.transaction((tx) =>
    compositesInForce(tx, context.now(), scenario),
  );
  const rest = composites.filter(({ id }) => id > readIdCursor(after)).slice(0, limit + 1);
  const { page, next } = cutPage(rest, limit, ({ id }) => String(id));
  return { items: page.map((composite) => show(composite, nameOf)), next };
}

function show(
  { id, scenario, scenarioName, standard, body }: CompositeInForce,
  nameOf: (code: string) => Named,
): CompositeSignView {
  const { code, name, item, element, offDelaySeconds, within, basis } = body;
  const told = (of: string) => {
    const { name: called, unit } = nameOf(of);
    return { name: called, unit: unitText(unit) };
  };
  const levels = SIGN_LEVELS.flatMap((level) => {
    const cell = body.levels[level];
    if (!cell) return [];
    const words = conditionWords(cell.when, told) ?? null;
    return [
      { level, when: cell.when, words, onDelaySeconds: cell.onDelaySeconds, basis: cell.basis ?? basis },
    ];
  });
  return {
    scenario,
    scenarioName,
    standard,
    id,
    code,
    name,
    item,
    itemName: nameOf(item).name,
    element,
    elementName: nameOf(element).name,
    levels,
    offDelaySeconds,
    within,
    basis,
    verified: levels.every((one) => one.basis.verified),
  };
}
