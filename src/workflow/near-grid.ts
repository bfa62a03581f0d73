/** A place on the ground, WGS 84 degrees. */
export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

/** Metres of a degree at the latitude of Pudong: within the district the ground is flat to 0.1 %. */
const LAT_METRES = 111_195;
const LON_METRES = 95_100;
const CELL_METRES = 1000;

/** Things by where they are, for asking what lies near. A thousand metres a cell: what is asked for is a few of them wide. */
export class NearGrid<Thing extends Spot> {
  readonly #cells = new Map<string, Thing[]>();

  constructor(things: Iterable<Thing>) {
    for (const thing of things) this.add(thing);
  }

  add(thing: Thing): void {
    const key = keyOf(cellOf(thing.lat * LAT_METRES), cellOf(thing.lon * LON_METRES));
    const cell = this.#cells.get(key);
    if (cell) cell.push(thing);
    else this.#cells.set(key, [thing]);
  }

  /** What lies within so many metres, in no order; whoever has enough stops asking. */
  *near(spot: Spot, metres: number): Generator<Thing> {
    const y = spot.lat * LAT_METRES;
    const x = spot.lon * LON_METRES;
    for (let row = cellOf(y - metres); row <= cellOf(y + metres); row += 1) {
      for (let column = cellOf(x - metres); column <= cellOf(x + metres); column += 1) {
        for (const thing of this.#cells.get(keyOf(row, column)) ?? []) {
          if (metresBetween(spot, thing) <= metres) yield thing;
        }
      }
    }
  }
}

/** Metres between two places of the district. */
export function metresBetween(one: Spot, other: Spot): number {
  return Math.hypot((one.lat - other.lat) * LAT_METRES, (one.lon - other.lon) * LON_METRES);
}

function cellOf(metres: number): number {
  return Math.floor(metres / CELL_METRES);
}

function keyOf(row: number, column: number): string {
  return `${row} ${column}`;
}
