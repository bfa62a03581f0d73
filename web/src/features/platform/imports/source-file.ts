import { organisationRoutes } from '#contract/platform';

import { TEXT } from './text.ts';

const LIMIT = organisationRoutes.runImport.rawBody?.limitBytes ?? 0;

/** A file that was chosen, held in memory: it stays whole while the person mends the one on disk. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** Takes the file in, or says why it cannot be one of ours. */
export async function takeFile(
  file: File,
): Promise<{ readonly source: SourceFile } | { readonly fault: string }> {
  const type = typeOf(file.name);
  if (type === undefined) return { fault: TEXT.badType(file.name) };
  if (file.size > LIMIT) return { fault: TEXT.tooLarge(file.name) };
  try {
    return { source: { name: file.name, bytes: new Blob([await file.arrayBuffer()], { type }) } };
  } catch {
    return { fault: TEXT.unreadable(file.name) };
  }
}

/** By the name: browsers do not know the type on every system. */
function typeOf(name: string): string | undefined {
  if (/\.xlsx$/iu.test(name)) return organisationRoutes.XLSX;
  if (/\.csv$/iu.test(name)) return 'text/csv';
  return /\.json$/iu.test(name) ? 'application/json' : undefined;
}

/** `对象台账.xlsx` → `对象台账` */
export function baseName(name: string): string {
  return name.replace(/\.[^.]+$/u, '').slice(0, 60);
}
