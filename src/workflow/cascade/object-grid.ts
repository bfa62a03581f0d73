import type { GraphObject } from './graph-object.ts';

const METERS_A_DEGREE = 111_195;

/** Objects in squares as wide as the radius that is asked for: whoever is near stands in nine of them. */
export class ObjectGrid {
  readonly #cells = new Map<string, GraphObject[]>();
  readonly #degrees: number;

  constructor(objects: readonly GraphObject[], radiusMeters: number) {
    this.#degrees = radiusMeters / METERS_A_DEGREE;
    for (const object of objects) {
      const key = cellOf(this.#row(object.lat), this.#row(object.lon));
      const cell = this.#cells.get(key);
      if (cell) cell.push(object);
      else this.#cells.set(key, [object]);
    }
  }

  /** Within the radius (m). A degree of longitude is shorter than one of latitude, so more columns are looked at. */
  *near(
    at: { readonly lat: number; readonly lon: number },
    radiusMeters: number,
  ): Generator<{ readonly object: GraphObject; readonly meters: number }> {
    const columns = Math.ceil(1 / Math.cos((at.lat * Math.PI) / 180));
    const [row, column] = [this.#row(at.lat), this.#row(at.lon)];
    for (let i = row - 1; i <= row + 1; i += 1) {
      for (let j = column - columns; j <= column + columns; j += 1) {
        for (const object of this.#cells.get(cellOf(i, j)) ?? []) {
          const meters = metersBetween(at, object);
          if (meters <= radiusMeters) yield { object, meters };
        }
      }
    }
  }

  #row(degrees: number): number {
    return Math.floor(degrees / this.#degrees);
  }
}

const cellOf = (row: number, column: number): string => `${row} ${column}`;

/** Within a district the Earth is flat: the error is below 0.1 %. */
function metersBetween(
  a: { readonly lat: number; readonly lon: number },
  b: { readonly lat: number; readonly lon: number },
): number {
  const wide = (b.lon - a.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return METERS_A_DEGREE * Math.hypot(b.lat - a.lat, wide);
}
