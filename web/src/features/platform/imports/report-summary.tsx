import type { ImportReport } from '#contract/platform';
import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { TEXT } from './text.ts';

/** Whether the sheet can be taken as it is. */
export function isClean(report: ImportReport): boolean {
  return report.faults.length === 0 && report.missing.length === 0 && report.rows > 0;
}

/** What the dry run found, on one line of figures and one sentence. */
export function ReportSummary({ report }: { readonly report: ImportReport }): ReactElement {
  const missing = report.missing.map(
    (field) => report.fields.find((one) => one.field === field)?.label ?? field,
  );
  const figures = [
    [TEXT.rows, report.rows],
    [TEXT.created, report.created],
    [TEXT.updated, report.updated],
    [TEXT.unchanged, report.unchanged],
    [TEXT.faults, report.faults.length],
  ] as const;
  return (
    <>
      <dl className="tiles">
        {figures.map(([name, count]) => (
          <div key={name} className="tile">
            <dt>{name}</dt>
            <dd className="figures">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      <Alert
        type={isClean(report) ? 'success' : 'warning'}
        showIcon
        role="status"
        title={sentence(report, missing)}
        {...(report.notes.length > 0
          ? {
              description: (
                <ul aria-label={TEXT.notes}>
                  {report.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              ),
            }
          : {})}
      />
    </>
  );
}

function sentence(report: ImportReport, missing: readonly string[]): string {
  if (missing.length > 0) return TEXT.missing(missing.join('、'));
  if (report.faults.length > 0) return TEXT.dirty(formatNumber(report.faults.length));
  return report.rows === 0 ? TEXT.nothing : TEXT.clean;
}
