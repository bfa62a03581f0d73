import { AppError } from '#base';
import type { SignImport, versionRoutes } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { compareStandards } from '#workflow';
import type { z } from 'zod';

import { loadDocument } from './draft-detail.ts';
import { lockDraft } from './lock-draft.ts';
import { readSignRows } from './read-sign-rows.ts';
import type { SheetCell } from './sign-table.ts';
import { saveDocument } from './update-draft.ts';

type Route = typeof versionRoutes.importSigns;

/** What reads a sheet, handed in by whoever wires the rooms. */
export type ReadSheet = (read: {
  readonly raw: Uint8Array;
  readonly most: number;
  readonly wanted: string | undefined;
}) => Promise<{ readonly rows: readonly (readonly SheetCell[])[] }>;

const MOST_ROWS = 2000;

/**
 * Reads the sign table back into a draft, whole or not at all; a dry run tells every fault and every change, and saves nothing.
 * Throws `record.not-found`, `access.denied`, `record.changed`, `standard.illegal-action`, `import.unreadable`,
 * `import.faulty`.
 */
export async function importSigns(
  context: RequestContext,
  readSheet: ReadSheet,
  {
    params,
    query,
    raw,
  }: {
    readonly params: z.output<Route['params']>;
    readonly query: z.output<Route['query']>;
    readonly raw: Buffer;
  },
): Promise<SignImport> {
  context.authorize('standard.draft');
  const asked = { id: params.id, version: query.version, action: 'edit' } as const;
  // Asked before the file is looked at, and again when it has been read: that takes a moment, and nothing is held meanwhile.
  await context.transaction((tx) => lockDraft(context, tx, asked));
  const sheet = await readSheet({ raw, most: MOST_ROWS, wanted: undefined });
  return context.transaction(async (tx) => {
    const row = await lockDraft(context, tx, asked);
    const before = await loadDocument(tx, row.id);
    const { rows, signs, faults } = readSignRows(sheet.rows, before.signs);
    const [first] = faults;
    if (first && !query.dryRun)
      throw new AppError('import.faulty', {
        count: faults.length,
        row: first.row,
        issue: `${first.column} ${first.message}`,
      });
    const document = { ...before, signs: [...signs] };
    const changes = [...compareStandards(before, document)];
    const saved =
      query.dryRun || changes.length === 0 ? row : await saveDocument(context, tx, row, { document });
    return { dryRun: query.dryRun, rows, faults: [...faults], changes, version: saved.version };
  });
}
