import { scenarioOf } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Kind {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly scenario: number;
}

type Found = { readonly found: Kind } | { readonly fault: string };

/** Kinds of object as sheets call them, by code or name. */
export class KindBook {
  readonly #kinds: readonly Kind[];

  private constructor(kinds: readonly Kind[]) {
    this.#kinds = kinds;
  }

  static async load(tx: Tx): Promise<KindBook> {
    const { rows } = await sql<Kind>`select id, code, name, scenario from object_kind order by id`.execute(
      tx,
    );
    return new KindBook(rows);
  }

  /** The kind of a code, or of a name that only one has (within the scenario, where that is told). */
  find(told: string, scenario?: string): Found {
    const number = scenario === undefined ? undefined : scenarioOf(scenario)?.id;
    const [found, second] = this.#kinds.filter(
      (kind) =>
        (kind.code === told || kind.name === told) && (number === undefined || kind.scenario === number),
    );
    if (found && !second) return { found };
    return {
      fault: second
        ? `几个场景都有“${told}”，请填场景或类别编码`
        : `没有这类对象“${told}”，类别见“业务标准 · 覆盖 · 对象类别”；新的类别请先在那里添加`,
    };
  }
}
