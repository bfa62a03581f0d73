import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { builtInMaps, mapFor, readMap, type ReplayMap } from './replay-map.ts';
import { UsageError } from './replay-options.ts';

export interface ReplayFile {
  readonly file: string;
  readonly bytes: number;
}

const IS_TABLE = /\.csv(\.gz)?$/u;

/**
 * The files to play and the map that reads them. Of a folder only files of the map are taken. Throws
 * {@link UsageError} when nothing can be played.
 */
export function chooseFiles(
  given: string,
  mapFile: string | undefined,
): { readonly map: ReplayMap; readonly files: readonly ReplayFile[] } {
  const found = tablesOf(given);
  const maps = mapFile === undefined ? builtInMaps() : [readMap(mapFile)];
  const [only] = maps;
  const known = found.flatMap((file) => {
    const map = mapFile === undefined ? mapFor(file, maps) : only;
    return map ? [{ file, map }] : [];
  });
  const [first] = known;
  if (!first) {
    const names = maps.map(({ match }) => match).join('、');
    throw new UsageError(`没有读这些文件的对照表。内置的有：${names}；别的文件请用 --map 给出对照表。`);
  }
  const others = known.filter(({ map }) => map !== first.map);
  if (others.length > 0) {
    throw new UsageError(
      `文件夹里的文件要用不同的对照表，请分开回放：${known.map(({ file }) => path.basename(file)).join('、')}`,
    );
  }
  return { map: first.map, files: known.map(({ file }) => ({ file, bytes: statSync(file).size })) };
}

function tablesOf(given: string): string[] {
  const seen = statSync(given, { throwIfNoEntry: false });
  if (!seen) throw new UsageError(`没有这个文件或文件夹：${given}`);
  if (!seen.isDirectory()) return [given];
  const tables = readdirSync(given).filter((name) => IS_TABLE.test(name));
  if (tables.length === 0) throw new UsageError(`文件夹 ${given} 里没有 .csv 或 .csv.gz 文件`);
  return tables.toSorted().map((name) => path.join(given, name));
}
