import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readCsv } from '../../simulator/csv.ts';
import { probationOf, type Window } from './scoring.ts';

/** One file of a NAB-shaped corpus. Times are epoch ms, the stamps read as Beijing time, for they name no zone. */
export interface CorpusFile {
  /** `group/file.csv`, as in the file of windows. */
  readonly name: string;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly windows: readonly Window[];
  /** Rows for learning; the scoring knows of them, the detector does not. */
  readonly probation: number;
}

/** The corpus cannot be read; the sentence says what is wrong with it. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
}

type Labels = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/** Every file that the windows name and the folder holds, by name; `absent` are those that it does not hold. */
export async function readCorpus(
  folder: string,
  windowsFile: string,
): Promise<{ readonly files: readonly CorpusFile[]; readonly absent: readonly string[] }> {
  const labels = readLabels(windowsFile);
  const names = Object.keys(labels).toSorted((a, b) => a.localeCompare(b, 'en'));
  const present = names.filter((name) => existsSync(path.join(folder, name)));
  if (present.length === 0)
    throw new CorpusError(`${folder} 里没有 ${windowsFile} 所列的文件。--data 应指向各组文件夹的上一级。`);
  const files: CorpusFile[] = [];
  for (const name of present) files.push(await readFile(folder, name, labels[name] ?? []));
  return { files, absent: names.filter((name) => !present.includes(name)) };
}

function readLabels(file: string): Labels {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Labels;
  } catch (error) {
    throw new CorpusError(
      `读不到窗口文件 ${file}：${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function readFile(folder: string, name: string, labels: Labels[string]): Promise<CorpusFile> {
  const at: number[] = [];
  const value: number[] = [];
  for await (const { header, cells } of readCsv(path.join(folder, name))) {
    at.push(momentOf(cells[header.indexOf('timestamp')] ?? ''));
    const cell = cells[header.indexOf('value')] ?? '';
    value.push(cell.trim() === '' ? Number.NaN : Number(cell));
  }
  const rowOf = (stamp: string): number => {
    const row = at.indexOf(momentOf(stamp));
    if (row < 0) throw new CorpusError(`${name} 里没有窗口所写的时刻 ${stamp}。`);
    return row;
  };
  return {
    name,
    at: Float64Array.from(at),
    value: Float64Array.from(value),
    windows: labels.map(([left, right]) => [rowOf(left), rowOf(right)] as const),
    probation: probationOf(value.length),
  };
}

/** `2014-04-10 16:15:00.000000` → epoch ms; NaN where it is no time. */
function momentOf(stamp: string): number {
  const [date = '', clock = ''] = stamp.trim().split(/[ T]/u);
  return Date.parse(`${date}T${clock.slice(0, 12)}+08:00`);
}
