import { type ImportKind, type ImportReport, organisationRoutes } from '#contract/platform';
import type { Datum } from '#model/platform';
import { queryOptions } from '@tanstack/react-query';

import { call } from '../../../app/call.ts';
import type { SourceFile } from './source-file.ts';

export interface Run {
  readonly kind: ImportKind;
  readonly datum: Datum;
  readonly source: SourceFile;
  readonly mapping?: number | undefined;
  readonly dryRun: boolean;
}

export function runImport({ kind, datum, source, mapping, dryRun }: Run): Promise<ImportReport> {
  return call(organisationRoutes.runImport, {
    query: { kind, datum, mapping, dryRun: dryRun ? 'true' : 'false' },
    raw: source.bytes,
  });
}

export const mappingsQuery = (kind: ImportKind) =>
  queryOptions({
    queryKey: ['platform', 'import-mappings', kind],
    queryFn: ({ signal }) => call(organisationRoutes.listImportMappings, { query: { kind }, signal }),
  });
