import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { limitsFile, lintLimits, standardFile } from '#contract/standard';
import { type LimitsFile, type StandardFile } from '#model/standard';
import type { z } from 'zod';

import { lintWhole } from './composite/lint-whole.ts';

/** The business standard of a folder: one file per scenario, and the limits they share. */
export interface StandardRead {
  readonly limits: LimitsFile;
  readonly files: readonly StandardFile[];
}

const LIMITS = 'limits.json';
/** In the same folder, but of other rooms. */
const NOT_A_STANDARD = new Set([LIMITS, 'platforms.json', 'duties.json', 'dependencies.json']);

/** Reads and lints the folder. Throws one error with a Chinese sentence per fault; nothing unclean may be published. */
export async function readStandard(folder: string): Promise<StandardRead> {
  const faults: string[] = [];
  const limits = await readShape(folder, LIMITS, limitsFile, faults);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && !NOT_A_STANDARD.has(name));
  const read: { readonly name: string; readonly file: StandardFile }[] = [];
  if (limits)
    faults.push(...lintLimits(limits).map(({ path: at, message }) => `${LIMITS} ${at}：${message}`));
  for (const name of names.toSorted()) {
    const file = await readShape(folder, name, standardFile, faults);
    if (file) read.push({ name, file });
  }
  const files = read.map(({ file }) => file);
  for (const { name, file } of read) {
    if (!limits) break;
    const others = files.filter((other) => other !== file);
    faults.push(
      ...lintWhole(file, limits, others).map(({ path: at, message }) => `${name} ${at}：${message}`),
    );
  }
  if (faults.length > 0 || !limits) throw new Error(`业务标准有错，不能发布：\n${faults.join('\n')}`);
  return { limits, files };
}

async function readShape<Shape extends z.ZodType>(
  folder: string,
  name: string,
  shape: Shape,
  faults: string[],
): Promise<z.output<Shape> | undefined> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  } catch (error) {
    faults.push(`${name}：读不出来（${error instanceof Error ? error.message : String(error)}）。`);
    return undefined;
  }
  const read = shape.safeParse(content);
  if (read.success) return read.data;
  faults.push(...read.error.issues.map((issue) => `${name} ${issue.path.join('.')}：${issue.message}。`));
  return undefined;
}
