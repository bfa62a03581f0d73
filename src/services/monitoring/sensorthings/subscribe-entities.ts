import { AppError } from '#base';
import type { Subscription } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';

import { type Found, followPath } from './ask-sensorthings.ts';
import { type Entity, loadEntities } from './load-entities.ts';
import { showEntity } from './show-entity.ts';
import type { Touched } from './touched-entities.ts';

/** Entities that are read at once. */
const PAGE = 1000;

/** What is told on a topic when entities are registered or change. */
export interface EntityTopic {
  /** Tells what of the touched entities the subscriber may see there by now; nothing of others, nor of what shows as before. */
  follow(touched: readonly Touched[], tell: (payload: string) => void): Promise<void>;
}

/**
 * A list, an entity or a property to be told of (OGC 18-088 §14.2.1–14.2.4). `root` is the service root of the links. Throws
 * `access.denied`, `record.not-found` for what the caller may not see.
 */
export async function openEntityTopic(
  context: RequestContext,
  asked: Subscription,
  root: string,
): Promise<EntityTopic> {
  context.authorize('reading.read');
  const sets = new Set<string>(
    [asked.path.set, ...asked.path.steps.map(({ set }) => set)].map(({ name }) => name),
  );
  const read = asked.isList ? listReader(asked, root) : await oneReader(context, asked, root);
  return {
    follow: async (touched, tell) => {
      if (!touched.some(({ set }) => sets.has(set))) return;
      context.authorize('reading.read');
      await context
        .transaction((tx) => read(tx, touched, tell))
        .catch((error: unknown) => {
          // What the way led along is gone out of sight: there is nothing to tell until it comes back.
          if (!(error instanceof AppError && error.code === 'record.not-found')) throw error;
        });
    },
  };
}

type Reader = (tx: Tx, touched: readonly Touched[], tell: (payload: string) => void) => Promise<void>;

/** Those of the list that were touched. */
function listReader({ path, set, select }: Subscription, root: string): Reader {
  return async (tx, touched, tell) => {
    const ours = touched.filter((one) => one.set === set.name);
    if (ours.length === 0) return;
    const found = await followPath(tx, path);
    const within = 'within' in found ? found.within : undefined;
    const isListed = (entity: Entity): boolean =>
      within === undefined || within.values.some((value) => value === entity[within.column]);
    // A device and its points come together: each entity is told once.
    const told = new Set<Entity['id']>();
    for (const one of ours)
      for await (const entity of entitiesOf(tx, one)) {
        if (told.has(entity.id) || !isListed(entity)) continue;
        told.add(entity.id);
        tell(JSON.stringify(showEntity({ entity, related: new Map() }, set, { root, select })));
      }
  };
}

async function* entitiesOf(tx: Tx, { set, within }: Touched): AsyncGenerator<Entity> {
  for (let skip = 0; ; skip += PAGE) {
    const options = { filter: undefined, orderBy: [], top: PAGE, skip };
    const rows = await loadEntities(tx, { set, within, options });
    yield* rows.slice(0, PAGE);
    if (rows.length <= PAGE) return;
  }
}

/** The one at the end of the path, or its property: told where it shows otherwise than last. */
async function oneReader(context: RequestContext, asked: Subscription, root: string): Promise<Reader> {
  const { path } = asked;
  let last = await context.transaction(async (tx) => shownOf(await followPath(tx, path), asked, root));
  return async (tx, _touched, tell) => {
    const shown = shownOf(await followPath(tx, path), asked, root);
    if (shown === last) return;
    last = shown;
    tell(shown);
  };
}

function shownOf(found: Found, { path: { shown }, set }: Subscription, root: string): string {
  if (!('entity' in found)) throw new Error('a list was followed as one entity');
  const { entity } = found;
  return JSON.stringify(
    shown.kind === 'property'
      ? { [shown.name]: entity[shown.name] ?? null }
      : showEntity({ entity, related: new Map() }, set, { root, select: undefined }),
  );
}
