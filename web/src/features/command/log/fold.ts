import type { LogLine } from '#contract/command';

/** A line, or a run of the system's lines that is shown as one until opened. */
export type Entry =
  | { readonly kind: 'line'; readonly line: LogLine }
  | { readonly kind: 'run'; readonly id: number; readonly lines: readonly LogLine[] };

/** Shorter runs are read faster than opened. */
const RUN_FROM = 5;

/** Folds long runs of the system's lines, so that what people wrote is not lost among them. Marked lines stay out. */
export function foldRuns(lines: readonly LogLine[]): readonly Entry[] {
  const entries: Entry[] = [];
  let run: LogLine[] = [];
  const flush = (): void => {
    // A run grows at its newer end: its oldest line names it, so that it stays open while lines come in.
    const oldest = run.at(-1);
    if (oldest && run.length >= RUN_FROM) entries.push({ kind: 'run', id: oldest.id, lines: run });
    else entries.push(...run.map((line): Entry => ({ kind: 'line', line })));
    run = [];
  };
  for (const line of lines) {
    if (line.kind === 'system' && !line.forHandover && line.struck === null) run.push(line);
    else {
      flush();
      entries.push({ kind: 'line', line });
    }
  }
  flush();
  return entries;
}
