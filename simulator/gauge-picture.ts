import { mosaicJpeg } from './mosaic-jpeg.ts';

const COLUMNS = 40;
const ROWS = 30;
/** A metre of the staff is so many rows. */
const ROWS_A_METRE = 5;
const STAFF = { from: 17, to: 22 } as const;

/** What the camera of a virtual station sees: a staff gauge in the water, at a level in metres. The file says that it is simulated. */
export function gaugePicture(level: number): Uint8Array {
  const surface = ROWS - 2 - Math.min(Math.max(level, 0), (ROWS - 4) / ROWS_A_METRE) * ROWS_A_METRE;
  return mosaicJpeg(
    COLUMNS,
    ROWS,
    (column, row) => {
      if (row >= surface) return 60 + 8 * Math.sin(column / 3 + row);
      const isStaff = column >= STAFF.from && column <= STAFF.to;
      if (!isStaff) return 170 - row * 2 + ((column * 7 + row * 3) % 5);
      const mark = (ROWS - 2 - row) % ROWS_A_METRE === 0;
      return mark || (column === STAFF.from && row % 2 === 0) ? 30 : 245;
    },
    'simulated',
  );
}
