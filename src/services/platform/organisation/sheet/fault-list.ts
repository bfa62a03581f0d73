import type { ImportColumn, ImportFault } from '#contract/platform';

const VALUE_SHOWN = 60;

/** Everything wrong with a sheet, by row and column. */
export class FaultList {
  readonly faults: ImportFault[] = [];
  readonly #letters: ReadonlyMap<string, string>;
  readonly #rows = new Set<number>();

  constructor(columns: readonly ImportColumn[]) {
    this.#letters = new Map(
      columns.flatMap(({ field, column }) => (field === null ? [] : [[field, column] as const])),
    );
  }

  /** Gives undefined, for whoever has nothing else to give of a row with a fault. */
  add(fault: {
    readonly row: number;
    readonly field: string;
    readonly value?: unknown;
    readonly message: string;
  }): undefined {
    const { row, field, value = '', message } = fault;
    this.#rows.add(row);
    const text = String(value).toWellFormed();
    this.faults.push({
      row,
      // The pair of coordinates may stand in one column.
      column:
        this.#letters.get(field) ?? (IN_PAIR.has(field) ? this.#letters.get('coordinates') : undefined) ?? '',
      field,
      value: text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text,
      message,
    });
    return undefined;
  }

  /** Has anything been found wrong with this row? */
  has(row: number): boolean {
    return this.#rows.has(row);
  }

  /** By rows, as the sheet is read. */
  inOrder(): ImportFault[] {
    return this.faults.toSorted((x, y) => x.row - y.row);
  }
}

const IN_PAIR: ReadonlySet<string> = new Set(['lat', 'lon']);
