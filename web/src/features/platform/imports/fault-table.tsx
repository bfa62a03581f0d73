import { DownloadOutlined } from '@ant-design/icons';
import type { ImportReport } from '#contract/platform';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Empty } from '../../../ui/states.tsx';
import { toCsv } from '../csv.ts';
import { saveFile } from '../save-file.ts';
import { columnText, countByColumn, faultRows, filterFaults } from './faults.ts';
import { baseName } from './source-file.ts';
import { FAULT } from './text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

const PAGE = 100;

interface FaultTableProps {
  readonly report: ImportReport;
  readonly fileName: string;
}

/** Every fault by row: where, what was seen, what to do. */
export function FaultTable({ report, fileName }: FaultTableProps): ReactElement {
  const { faults, columns } = report;
  const [text, setText] = useState('');
  const [column, setColumn] = useState<string>();
  const [shown, setShown] = useState(PAGE);
  const counts = useMemo(() => countByColumn(faults), [faults]);
  const found = useMemo(() => filterFaults(faults, { text: text.trim(), column }), [faults, text, column]);
  const [row, where, value, mend] = FAULT.columns;
  const rest = found.length - shown;
  return (
    <section className="panel faults" aria-label={FAULT.title}>
      <div className="panel-head">
        <h2>{FAULT.title}</h2>
        <Button
          size="small"
          icon={<DownloadOutlined />}
          onClick={() => saveFile(FAULT.file(baseName(fileName)), toCsv(faultRows(faults, columns)))}
        >
          {FAULT.download}
        </Button>
      </div>
      <div className="filters panel-body">
        <Input
          className="org-search"
          allowClear
          value={text}
          placeholder={FAULT.search}
          aria-label={FAULT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <Select<string | null>
          allowClear
          aria-label={FAULT.column}
          placeholder={FAULT.column}
          popupMatchSelectWidth={false}
          value={column ?? null}
          onChange={(next) => setColumn(next ?? undefined)}
          options={counts.map((one) => ({
            value: one.column,
            label: FAULT.every(
              columnText({ row: 0, field: null, value: '', message: '', column: one.column }, columns),
              formatNumber(one.count),
            ),
          }))}
        />
        <span className="quiet figures">
          {FAULT.shown(formatNumber(Math.min(shown, found.length)), formatNumber(found.length))}
        </span>
      </div>
      {found.length === 0 ? (
        <Empty title={FAULT.none} />
      ) : (
        <RowsTable columns={FAULT.columns}>
          {found.slice(0, shown).map((fault, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- a cell may have two faults alike
            <tr key={`${fault.row} ${fault.column} ${i}`}>
              <td data-label={row} className="figures nowrap">
                {fault.row}
              </td>
              <td data-label={where} className="nowrap">
                {columnText(fault, columns)}
              </td>
              <td data-label={value} className="org-code">
                {fault.value === '' ? <span className="quiet">{FAULT.blank}</span> : fault.value}
              </td>
              <td data-label={mend}>{fault.message}</td>
            </tr>
          ))}
        </RowsTable>
      )}
      {rest > 0 && (
        <div className="rows-foot">
          <Button onClick={() => setShown(shown + PAGE)}>
            {FAULT.more(formatNumber(Math.min(PAGE, rest)))}
          </Button>
        </div>
      )}
    </section>
  );
}
