import { BACK_FILL_ROWS, type BackFillReport, backFillRoutes } from '#contract/monitoring';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type ReactElement, useRef, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime, formatNumber } from '../../../app/format.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { BACK_FILL_TEXT } from './text.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PROGRESS_EVERY_MS = 1000;

interface Chosen {
  readonly name: string;
  readonly bytes: Blob;
}

const runsQuery = {
  queryKey: ['monitoring', 'back-fills'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => call(backFillRoutes.listBackFills, { signal }),
};

/** 补录: choose a file, see every fault, and only then put it in. */
export function BackFill(): ReactElement {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen>();
  const run = useMutation({
    mutationFn: ({ file, dryRun }: { readonly file: Chosen; readonly dryRun: boolean }) =>
      call(backFillRoutes.backFill, {
        query: { dryRun: dryRun ? 'true' : 'false', name: file.name },
        raw: file.bytes,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['monitoring'] }),
  });
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const type = file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv';
    const taken = { name: file.name, bytes: new Blob([await file.arrayBuffer()], { type }) };
    setChosen(taken);
    run.mutate({ file: taken, dryRun: true });
  };
  const report = run.data;
  const isClean = report?.dryRun === true && report.faults.length === 0;
  return (
    <>
      <p className="quiet events-intro">
        {BACK_FILL_TEXT.intro}
        {BACK_FILL_TEXT.format(formatNumber(BACK_FILL_ROWS))}
      </p>
      <div className="filters">
        <Button loading={run.isPending} onClick={() => input.current?.click()}>
          {BACK_FILL_TEXT.choose}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.xlsx"
          aria-label={BACK_FILL_TEXT.choose}
          onChange={({ target }) => {
            void choose(target.files?.[0]);
            target.value = '';
          }}
        />
        {chosen && <span className="code">{chosen.name}</span>}
        {chosen && isClean && (
          <Button
            type="primary"
            loading={run.isPending}
            onClick={() => run.mutate({ file: chosen, dryRun: false })}
          >
            {BACK_FILL_TEXT.apply(formatNumber(report.rows))}
          </Button>
        )}
      </div>
      {run.error && <Failure error={run.error} />}
      {report && <Report report={report} />}
      <Runs isRunning={run.isPending} />
    </>
  );
}

function Report({ report }: { readonly report: BackFillReport }): ReactElement {
  const { dryRun, rows, points, faults, applied, from, to } = report;
  const [row, column, value, message] = BACK_FILL_TEXT.columns;
  if (!dryRun) return <Alert type="success" showIcon title={BACK_FILL_TEXT.done(formatNumber(applied))} />;
  if (faults.length === 0) {
    const span = from === null || to === null ? '' : `${formatDateTime(from)} 至 ${formatDateTime(to)}`;
    return (
      <Alert
        type="info"
        showIcon
        title={BACK_FILL_TEXT.clean(formatNumber(rows), formatNumber(points))}
        description={`${BACK_FILL_TEXT.span}：${span}`}
      />
    );
  }
  return (
    <>
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={BACK_FILL_TEXT.faulty(formatNumber(faults.length), formatNumber(rows))}
      />
      <div className="rows-frame">
        <RowsTable columns={BACK_FILL_TEXT.columns}>
          {faults.map((fault) => (
            <tr key={`${fault.row} ${fault.column}`}>
              <td data-label={row}>{fault.row}</td>
              <td data-label={column} className="nowrap">
                {fault.column}
              </td>
              <td data-label={value} className="code">
                {fault.value}
              </td>
              <td data-label={message}>{fault.message}</td>
            </tr>
          ))}
        </RowsTable>
      </div>
    </>
  );
}

const TONES = { running: 'active', done: 'done', failed: 'late' } as const;

function Runs({ isRunning }: { readonly isRunning: boolean }): ReactElement {
  const query = useQuery({ ...runsQuery, refetchInterval: isRunning ? PROGRESS_EVERY_MS : false });
  const [name, state, progress, started] = BACK_FILL_TEXT.runColumns;
  return (
    <section className="intake-section">
      <h3>{BACK_FILL_TEXT.runs}</h3>
      <Resource query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{BACK_FILL_TEXT.noRuns}</p>
          ) : (
            <RowsTable columns={BACK_FILL_TEXT.runColumns} label={BACK_FILL_TEXT.runs}>
              {items.map((run) => (
                <tr key={run.id}>
                  <td data-label={name}>{run.name}</td>
                  <td data-label={state}>
                    <StateTag tone={TONES[run.state]}>{BACK_FILL_TEXT.states[run.state]}</StateTag>
                  </td>
                  <td data-label={progress}>
                    {formatNumber(run.done)} / {formatNumber(run.rows)}
                  </td>
                  <td data-label={started}>
                    <TimeText at={run.startedAt} />
                  </td>
                </tr>
              ))}
            </RowsTable>
          )
        }
      </Resource>
    </section>
  );
}
