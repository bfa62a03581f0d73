import type { ImportKind, ImportReport } from '#contract/platform';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { DatumChoice } from './datum-choice.tsx';
import { DropZone } from './drop-zone.tsx';
import { FaultTable } from './fault-table.tsx';
import { ImportDone } from './import-done.tsx';
import { MappingPanel } from './mapping-panel.tsx';
import { isClean, ReportSummary } from './report-summary.tsx';
import { Running } from './running.tsx';
import { baseName } from './source-file.ts';
import { KIND_TEXT, MAPPING, TEXT } from './text.ts';
import { type ImportRun, useImport } from './use-import.ts';

const KINDS: readonly ImportKind[] = [
  'objects',
  'units',
  'platforms',
  'ledger',
  'population',
  'dependencies',
];

/** 批量导入: choose, check, mend, and only then import. */
export function ImportPage(): ReactElement {
  const { kind = 'objects' } = useSearch({ from: '/desk/platforms/import' });
  const navigate = useNavigate();
  return (
    <Frame title={TEXT.title} hint={TEXT.hint}>
      <div className="filters">
        <Segmented<ImportKind>
          aria-label={TEXT.kind}
          value={kind}
          onChange={(next) =>
            void navigate({ to: '/platforms/import', search: { kind: next }, replace: true })
          }
          options={KINDS.map((value) => ({ value, label: KIND_TEXT[value] }))}
        />
        <a href={`/api/v1/exports?kind=${kind}&format=xlsx`} download>
          {TEXT.template}
        </a>
      </div>
      <ImportOf key={kind} kind={kind} />
    </Frame>
  );
}

function ImportOf({ kind }: { readonly kind: ImportKind }): ReactElement {
  const run = useImport(kind);
  const { source, report, done } = run;
  if (done) return <ImportDone report={done} onAgain={run.restart} />;
  return (
    <div className="import">
      {kind === 'objects' && <DatumChoice value={run.datum} disabled={run.pending} onChange={run.setDatum} />}
      <DropZone source={source} disabled={run.pending} onFile={run.choose} />
      {run.fault !== undefined && <Alert type="error" showIcon role="alert" title={run.fault} />}
      {run.pending && source && <Running name={source.name} writing={run.writing} />}
      {run.error && <Failure error={run.error} retry={run.recheck} />}
      {report && source && !run.pending && (
        <Checked key={run.runs} run={run} report={report} fileName={source.name} />
      )}
    </div>
  );
}

interface CheckedProps {
  readonly run: ImportRun;
  readonly report: ImportReport;
  readonly fileName: string;
}

/** What the dry run found: take it in, or mend the sheet or the mapping. */
function Checked({ run, report, fileName }: CheckedProps): ReactElement {
  const unknown = report.columns.some(({ field }) => field === null);
  const [mappingOpen, setMappingOpen] = useState(unknown || report.missing.length > 0);
  const clean = isClean(report);
  return (
    <>
      <ReportSummary report={report} />
      <div className="org-form-acts">
        <Button type="primary" size="large" disabled={!clean} onClick={run.confirm}>
          {clean ? TEXT.confirmRows(formatNumber(report.rows)) : TEXT.confirm}
        </Button>
        <Button size="large" onClick={run.recheck}>
          {TEXT.recheck}
        </Button>
        {report.mapping && <StateTag tone="active">{MAPPING.used(report.mapping.name)}</StateTag>}
        {!mappingOpen && (
          <Button type="link" onClick={() => setMappingOpen(true)}>
            {TEXT.showMapping}
          </Button>
        )}
      </div>
      {report.faults.length > 0 && <FaultTable report={report} fileName={fileName} />}
      {mappingOpen && (
        <MappingPanel report={report} suggestion={baseName(fileName)} onApply={run.applyMapping} />
      )}
    </>
  );
}
