import type { ImportKind, ImportReport } from '#contract/platform';
import type { Datum } from '#model/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { type Run, runImport } from './import-queries.ts';
import { type SourceFile, takeFile } from './source-file.ts';

export interface ImportRun {
  readonly datum: Datum;
  readonly setDatum: (datum: Datum) => void;
  readonly source: SourceFile | undefined;
  /** The newest dry run of the chosen file. */
  readonly report: ImportReport | undefined;
  /** How many dry runs there were: another one starts its forms anew. */
  readonly runs: number;
  readonly done: ImportReport | undefined;
  readonly pending: boolean;
  readonly writing: boolean;
  /** Why the chosen file cannot be taken. */
  readonly fault: string | undefined;
  readonly error: Error | null;
  readonly choose: (file: File) => void;
  readonly recheck: () => void;
  readonly applyMapping: (mapping: number) => void;
  readonly confirm: () => void;
  readonly restart: () => void;
}

/** The course of one import: a file stays chosen whatever is wrong with it, and every change is followed by a dry run. */
export function useImport(kind: ImportKind): ImportRun {
  const client = useQueryClient();
  const [datum, setDatum] = useState<Datum>('WGS84');
  const [source, setSource] = useState<SourceFile>();
  const [mapping, setMapping] = useState<number>();
  const [fault, setFault] = useState<string>();
  const [runs, setRuns] = useState(0);
  const checking = useMutation({
    mutationFn: (run: Omit<Run, 'kind' | 'dryRun'>) => runImport({ ...run, kind, dryRun: true }),
    onSuccess: () => setRuns((count) => count + 1),
  });
  const writing = useMutation({
    mutationFn: (run: Omit<Run, 'kind' | 'dryRun'>) => runImport({ ...run, kind, dryRun: false }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['platform'] }),
  });
  const check = (run: Partial<Run>): void => {
    const file = run.source ?? source;
    writing.reset();
    if (file) checking.mutate({ datum, mapping, ...run, source: file });
  };
  return {
    datum,
    setDatum: (next) => {
      setDatum(next);
      check({ datum: next });
    },
    source,
    report: checking.data,
    runs,
    done: writing.data,
    pending: checking.isPending || writing.isPending,
    writing: writing.isPending,
    fault,
    error: writing.error ?? checking.error,
    choose: (file) =>
      void takeFile(file).then((taken) => {
        if ('fault' in taken) return setFault(taken.fault);
        setFault(undefined);
        setSource(taken.source);
        // The server finds a kept mapping by the headers of this file.
        setMapping(undefined);
        return check({ source: taken.source, mapping: undefined });
      }),
    recheck: () => check({}),
    applyMapping: (next) => {
      setMapping(next);
      check({ mapping: next });
    },
    confirm: () => {
      if (source) writing.mutate({ datum, mapping: mapping ?? checking.data?.mapping?.id, source });
    },
    restart: () => {
      setSource(undefined);
      setMapping(undefined);
      checking.reset();
      writing.reset();
    },
  };
}
