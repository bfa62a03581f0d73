import type { KeptHead } from './check-heads.ts';
import type { Fault } from './fault.ts';
import { headFiles, readHeadFile } from './head-file.ts';

/** The heads in a data folder's files; a file that cannot be read as one is a fault of its own. */
export async function keptHeads(
  folder: string,
): Promise<{ readonly heads: readonly KeptHead[]; readonly faults: readonly Fault[] }> {
  const heads: KeptHead[] = [];
  const faults: Fault[] = [];
  for (const file of await headFiles(folder)) {
    try {
      heads.push({ head: await readHeadFile(file), from: file });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      faults.push({ kind: 'head', seq: null, auditId: null, at: null, text });
    }
  }
  return { heads, faults };
}
