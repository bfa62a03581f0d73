import type { ImportReport } from '#contract/platform';
import { type ReactElement, useState } from 'react';

import { KeepMapping } from './keep-mapping.tsx';
import { KeptMappings } from './kept-mappings.tsx';
import { MappingTable } from './mapping-table.tsx';
import { type Mapping, startMapping } from './mapping.ts';
import { MAPPING } from './text.ts';

interface MappingPanelProps {
  readonly report: ImportReport;
  /** What a new mapping is called unless the person says otherwise. */
  readonly suggestion: string;
  /** Checks the file anew by a kept mapping. */
  readonly onApply: (mapping: number) => void;
}

/** 列的对应: what each column was taken for, mended by hand and kept under a name. */
export function MappingPanel({ report, suggestion, onApply }: MappingPanelProps): ReactElement {
  const [mapping, setMapping] = useState<Mapping>(() => startMapping(report.columns));
  const known = report.columns.filter(({ field }) => field !== null).length;
  return (
    <section className="panel mapping-panel" aria-label={MAPPING.title}>
      <div className="panel-head">
        <h2>{MAPPING.title}</h2>
        <span className="quiet">{MAPPING.recognised(known, report.columns.length)}</span>
      </div>
      <p className="panel-body quiet">{MAPPING.hint}</p>
      <KeptMappings kind={report.kind} used={report.mapping?.id} onApply={onApply} />
      <MappingTable report={report} mapping={mapping} onChange={setMapping} />
      <KeepMapping report={report} mapping={mapping} suggestion={suggestion} onKept={onApply} />
    </section>
  );
}
