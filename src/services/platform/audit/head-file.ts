import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { SignedHead } from './head-key.ts';

const FOLDER = 'audit-heads';

const shape: z.ZodType<SignedHead> = z.object({
  day: z.iso.date(),
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  signedAt: z.number().int(),
  publicKey: z.string(),
  signature: z.string(),
});

/** Where a data folder keeps its heads; copy them elsewhere from here. */
export function headFolder(dataDir: string): string {
  return path.join(dataDir, FOLDER);
}

/** Writes the head's file whole or not at all. */
export async function writeHeadFile(folder: string, head: SignedHead): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${head.day}.json`);
  await writeFile(`${file}.new`, `${JSON.stringify(head, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Reads a head kept anywhere. Throws with one sentence when it is none. */
export async function readHeadFile(file: string): Promise<SignedHead> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`读不到签名头文件 ${file}`, { cause: error });
  }
  const parsed = shape.safeParse(parse(text));
  if (!parsed.success) throw new Error(`${file} 不是审计链的签名头`);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The files of a folder, oldest day first; none when there is no folder yet. */
export async function headFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => path.join(folder, name));
}
