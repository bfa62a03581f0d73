import { ENTITY_SETS, type EntityId, type EntitySet, type Expansion, invalid } from '#contract/monitoring';
import type { Tx } from '#storage';

import { countEntities, type Entity, loadEntities, loadRelated } from './load-entities.ts';
import { countObservations, loadObservations, type Whose } from './load-observations.ts';
import type { TabledSet } from './sources.ts';

/** What was expanded of one entity, by the relation's name. */
export interface Expanded {
  readonly entity: Entity;
  readonly related: ReadonlyMap<string, Related>;
}

export interface Related {
  readonly expansion: Expansion;
  readonly items: readonly Expanded[];
  readonly count: number | undefined;
  /** Whether there are more than are shown, and behind which reading they begin. */
  readonly more: boolean;
  readonly next: string | undefined;
}

/** One answer holds no more than this, whatever is expanded into what. */
const ENTITIES_MOST = 50_000;
/** Lists of readings are read one by one. */
const HISTORIES_MOST = 500;

/** Loads what is asked for along the relations, level by level; counts what an answer already holds. */
export class Expander {
  readonly #tx: Tx;
  readonly #now: number;
  #entities = 0;
  #histories = 0;

  constructor(tx: Tx, now: number) {
    this.#tx = tx;
    this.#now = now;
  }

  /** Throws `sensorthings.invalid` when the answer would become larger than one answer may. */
  async expand(
    entities: readonly Entity[],
    set: EntitySet,
    expansions: readonly Expansion[],
  ): Promise<readonly Expanded[]> {
    this.#entities += entities.length;
    if (this.#entities > ENTITIES_MOST)
      throw invalid(`一次会取回超过 ${ENTITIES_MOST} 个实体，须减小 $top 或 $expand`);
    const expanded = entities.map((entity) => ({ entity, related: new Map<string, Related>() }));
    for (const expansion of expansions) {
      const lists = await this.#listsOf(entities, expansion);
      for (const { entity, related } of expanded) {
        const list = lists.get(keyOf(entity, expansion));
        related.set(
          expansion.name,
          list ?? {
            expansion,
            items: [],
            count: expansion.options.count ? 0 : undefined,
            more: false,
            next: undefined,
          },
        );
      }
    }
    return expanded;
  }

  async #listsOf(entities: readonly Entity[], expansion: Expansion): Promise<ReadonlyMap<EntityId, Related>> {
    const values = [...new Set(entities.map((entity) => keyOf(entity, expansion)))];
    if (values.length === 0) return new Map();
    const { target } = expansion.relation;
    return target === 'Observations'
      ? this.#readings(values, expansion)
      : this.#tabled(values, { expansion, target });
  }

  async #tabled(
    values: readonly EntityId[],
    { expansion, target }: { readonly expansion: Expansion; readonly target: TabledSet },
  ): Promise<ReadonlyMap<EntityId, Related>> {
    const { options, relation } = expansion;
    const ask = { set: target, within: { column: relation.theirs, values }, options };
    const rows = await loadRelated(this.#tx, ask);
    const counts = options.count ? await countEntities(this.#tx, ask) : undefined;
    const lists = Map.groupBy(rows, (row) => row[relation.theirs] as EntityId);
    const shown = await this.expand(
      [...lists.values()].flatMap((list) => list.slice(0, options.top)),
      ENTITY_SETS[target],
      options.expand,
    );
    const items = Map.groupBy(shown, ({ entity }) => entity[relation.theirs] as EntityId);
    return new Map(
      values.map((value) => [
        value,
        {
          expansion,
          items: items.get(value) ?? [],
          count: counts ? (counts.get(value) ?? 0) : undefined,
          more: (lists.get(value)?.length ?? 0) > options.top,
          next: undefined,
        },
      ]),
    );
  }

  async #readings(
    values: readonly EntityId[],
    expansion: Expansion,
  ): Promise<ReadonlyMap<EntityId, Related>> {
    const { options, relation } = expansion;
    this.#histories += values.length;
    if (this.#histories > HISTORIES_MOST) {
      throw invalid(`一次会展开超过 ${HISTORIES_MOST} 个实体的 Observations，须减小 $top`);
    }
    const lists = new Map<EntityId, Related>();
    for (const value of values) {
      const ask = { whose: whoseOf(relation.theirs, value), options, now: this.#now };
      const { rows, next } = await loadObservations(this.#tx, ask);
      const items = await this.expand(rows, ENTITY_SETS.Observations, options.expand);
      const count = options.count ? await countObservations(this.#tx, ask) : undefined;
      lists.set(value, { expansion, items, count, more: next !== undefined, next });
    }
    return lists;
  }
}

/** The readings that a relation leads to. */
export function whoseOf(column: string, value: EntityId): Whose {
  return column === 'feature' ? { object: Number(value) } : { point: Number(value) };
}

function keyOf(entity: Entity, { relation }: Expansion): EntityId {
  return entity[relation.ours] as EntityId;
}

/** One entity of a set; undefined where the caller reaches none. */
export async function loadOne(
  tx: Tx,
  set: TabledSet,
  by: { readonly column: string; readonly value: EntityId; readonly id: EntityId | undefined },
): Promise<Entity | undefined> {
  const [found] = await loadEntities(tx, {
    set,
    within: { column: by.column, values: [by.value] },
    ...(by.id === undefined ? {} : { id: by.id }),
    options: { filter: undefined, orderBy: [], top: 1, skip: 0 },
  });
  return found;
}
