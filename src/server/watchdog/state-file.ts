import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

import { WELL, type WatchState } from './judge.ts';

const SHAPE = z.object({
  wrongSince: z.number().nullable(),
  finding: z.string().nullable(),
  calledAt: z.number().nullable(),
});

/** What the watchdog knew when it ended; nothing where there is no file, or none that can be read. */
export function readState(file: string): WatchState {
  try {
    return SHAPE.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return WELL;
  }
}

/** Whole or not at all: it may be killed at any moment. */
export function writeState(file: string, state: WatchState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
