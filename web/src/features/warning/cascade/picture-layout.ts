import type { CascadeDetail, ReachedObject } from '#contract/warning';

/** A box of the picture, in px from the upper left. */
export interface Box {
  readonly id: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Absent for the source, and for the box that stands for those left out. */
  readonly reached?: ReachedObject;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly { readonly from: Box; readonly to: Box }[];
  /** How many are not drawn. */
  readonly left: number;
}

export const BOX = { width: 168, height: 34 } as const;
const GAP = { x: 64, y: 10 } as const;
/** A column that can still be read. */
const MOST_A_COLUMN = 8;

/** Columns by the number of steps from the source; the soonest of each column are drawn, the others counted. */
export function layOut({ source, reaches }: Pick<CascadeDetail, 'source' | 'reaches'>): Layout {
  const depths = [...new Set(reaches.map(({ depth }) => depth))].toSorted((a, b) => a - b);
  const columns = depths.map((depth) => reaches.filter((one) => one.depth === depth).slice(0, MOST_A_COLUMN));
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = tallest * (BOX.height + GAP.y) - GAP.y;
  const middle = (height - BOX.height) / 2;
  const first: Box = { id: source.id, name: source.name, x: 0, y: middle };
  const boxes = columns.flatMap((column, i) => {
    const top = (height - (column.length * (BOX.height + GAP.y) - GAP.y)) / 2;
    return column.map((reached, n) => ({
      id: reached.object.id,
      name: reached.object.name,
      x: (i + 1) * (BOX.width + GAP.x),
      y: top + n * (BOX.height + GAP.y),
      reached,
    }));
  });
  const byId = new Map([first, ...boxes].map((box) => [box.id, box]));
  return {
    width: (columns.length + 1) * (BOX.width + GAP.x) - GAP.x,
    height,
    boxes: [first, ...boxes],
    // A way whose middle is out of sight or not drawn begins at the source.
    lines: boxes.map((to) => ({ from: byId.get(to.reached.via) ?? first, to })),
    left: reaches.length - boxes.length,
  };
}
