import { fromBeijing } from '#base';

/** What a camera wrote of a picture: when and where it was taken. Each is absent where it was not written, or makes no sense. */
export interface ExifFacts {
  /** Epoch ms. */
  readonly takenAt?: number;
  /** WGS 84. */
  readonly lat?: number;
  readonly lon?: number;
}

/** More entries than any camera writes into one directory. */
const MOST_ENTRIES = 512;
const HEADER = 'Exif\0\0';
/** Bytes of one component by TIFF type: ASCII, LONG, RATIONAL; SHORT only as a number in place. */
const SIZES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 };

const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;
const DATE_TIME_ORIGINAL = 0x9003;
const OFFSET_TIME_ORIGINAL = 0x9011;
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its value lies. */
  readonly at: number;
}
type Directory = ReadonlyMap<number, Entry>;

/**
 * Reads the few tags that are asked for (Exif 2.32 §4.6). Whoever sends a picture writes these bytes, so that nothing is believed:
 * what points outside, is too long or is no such number is as if it were not there. Three directories are read, whatever refers to whom.
 */
export function readExif(block: Uint8Array): ExifFacts {
  const tiff = hasHeader(block) ? block.subarray(HEADER.length) : block;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.byteLength >= 8 && view.getUint16(0) === 0x4949;
  if (view.byteLength < 8 || (!little && view.getUint16(0) !== 0x4d4d)) return {};
  if (view.getUint16(2, little) !== 42) return {};
  const reader = new TiffReader(view, little);
  const main = reader.directory(view.getUint32(4, little));
  const exif = reader.directory(reader.number(main.get(EXIF_DIRECTORY)));
  const gps = reader.directory(reader.number(main.get(GPS_DIRECTORY)));
  const takenAt = momentOf(
    reader.text(exif.get(DATE_TIME_ORIGINAL)),
    reader.text(exif.get(OFFSET_TIME_ORIGINAL)),
  );
  const lat = degreesOf(reader, gps, [GPS.latitude, GPS.latitudeRef, 'S', 90]);
  const lon = degreesOf(reader, gps, [GPS.longitude, GPS.longitudeRef, 'W', 180]);
  return {
    ...(takenAt === undefined ? {} : { takenAt }),
    // 0, 0 is what cameras write that do not know where they are.
    ...(lat === undefined || lon === undefined || (lat === 0 && lon === 0) ? {} : { lat, lon }),
  };
}

function hasHeader(block: Uint8Array): boolean {
  return Array.from(HEADER).every((letter, i) => block[i] === letter.codePointAt(0));
}

class TiffReader {
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(view: DataView, little: boolean) {
    this.#view = view;
    this.#little = little;
  }

  directory(offset: number | undefined): Directory {
    const entries = new Map<number, Entry>();
    if (offset === undefined || !this.#holds(offset, 2)) return entries;
    const count = Math.min(this.#view.getUint16(offset, this.#little), MOST_ENTRIES);
    for (let n = 0; n < count; n += 1) {
      const at = offset + 2 + n * 12;
      if (!this.#holds(at, 12)) break;
      const type = this.#view.getUint16(at + 2, this.#little);
      const components = this.#view.getUint32(at + 4, this.#little);
      const bytes = (SIZES[type] ?? Number.POSITIVE_INFINITY) * components;
      const value = bytes <= 4 ? at + 8 : this.#view.getUint32(at + 8, this.#little);
      if (this.#holds(value, bytes))
        entries.set(this.#view.getUint16(at, this.#little), { type, count: components, at: value });
    }
    return entries;
  }

  number(entry: Entry | undefined): number | undefined {
    return entry?.type === 4 ? this.#view.getUint32(entry.at, this.#little) : undefined;
  }

  text(entry: Entry | undefined): string | undefined {
    if (entry?.type !== 2 || entry.count > 64) return undefined;
    const codes = Array.from({ length: entry.count }, (_, i) => this.#view.getUint8(entry.at + i));
    return String.fromCodePoint(...codes.filter((code) => code > 0));
  }

  rationals(entry: Entry | undefined): readonly number[] {
    if (entry?.type !== 5 || entry.count > 8) return [];
    return Array.from(
      { length: entry.count },
      (_, i) =>
        this.#view.getUint32(entry.at + i * 8, this.#little) /
        this.#view.getUint32(entry.at + i * 8 + 4, this.#little),
    );
  }

  #holds(offset: number, bytes: number): boolean {
    return bytes >= 0 && offset >= 0 && offset + bytes <= this.#view.byteLength;
  }
}

const WRITTEN = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/u;
const OFFSET = /^([+-])(\d\d):(\d\d)$/u;

/** Year, month, day, hour, minute, second: what can be. */
const RANGES = [
  [1990, 9999],
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
] as const;

/** A camera that does not say its zone is of here. */
function momentOf(written: string | undefined, offset: string | undefined): number | undefined {
  const parts = (WRITTEN.exec(written ?? '') ?? []).slice(1).map(Number);
  const [year, month, day, hour, minute, second] = RANGES.map(([from, to], i) => {
    const part = parts[i] ?? Number.NaN;
    return part >= from && part <= to ? part : Number.NaN;
  }) as [number, number, number, number, number, number];
  const beijing = fromBeijing(year, month, day, ((hour * 60 + minute) * 60 + second) * 1000);
  if (Number.isNaN(beijing)) return undefined;
  const [, sign, hours, minutes] = OFFSET.exec(offset ?? '') ?? [];
  if (sign === undefined) return beijing;
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return beijing + (8 * 60 - ahead) * 60_000;
}

/** Degrees, minutes and seconds as one number, negative in the south and west. */
function degreesOf(
  reader: TiffReader,
  gps: Directory,
  [value, ref, negative, most]: readonly [value: number, ref: number, negative: string, most: number],
): number | undefined {
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = reader.rationals(gps.get(value));
  const sum = degrees + minutes / 60 + seconds / 3600;
  if (!Number.isFinite(sum) || sum > most) return undefined;
  return reader.text(gps.get(ref)) === negative ? -sum : sum;
}
