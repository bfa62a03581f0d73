import './report.css';

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatMonth } from '../../app/format.ts';
import { monthAway, monthsBack } from '../../app/months.ts';
import { useReplaySessions } from '../../app/replay.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SimulatedTag, ReplayTag } from '../../ui/replay-tag.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { CoverageSection } from './coverage-section.tsx';
import { isBlank, type Month, monthQuery } from './month-query.ts';
import { OrdersSection } from './orders-section.tsx';
import { ReadingsSection } from './readings-section.tsx';
import { type Rows, TEXT } from './text.ts';
import { WarningsSection } from './warnings-section.tsx';

const MONTHS_OFFERED = 36;

/** 运营报告: one month in figures, real operation and practice apart; numbers open to the lists behind them. */
export function MonthPage(): ReactElement {
  const [now] = useState(() => formatDate(Date.now()).slice(0, 7));
  const [month, setMonth] = useState(now);
  const [rows, setRows] = useState<Rows>('live');
  const query = useQuery(monthQuery(month, rows));
  const clock = useReplaySessions().find((session) => session.clock !== null)?.clock;
  const show = (next: Rows): void => {
    setRows(next);
    // A recording counts in its own month: from today's, the newest recording's is shown, and back.
    const recorded = clock ? formatDate(clock).slice(0, 7) : now;
    if (next === 'replay' && month === now) setMonth(recorded);
    if (next === 'live' && month === recorded) setMonth(now);
  };
  return (
    <>
      <PageHead
        title={TEXT.title}
        tags={
          rows === 'replay' && (
            <span className="tags">
              <SimulatedTag />
              <ReplayTag />
            </span>
          )
        }
        hint={TEXT.rowsHint[rows]}
        extra={
          <>
            <Segmented
              value={rows}
              onChange={show}
              aria-label={TEXT.rows}
              options={[
                { value: 'live', label: TEXT.rowsName.live },
                { value: 'replay', label: TEXT.rowsName.replay },
              ]}
            />
            <MonthPicker now={now} month={month} onChange={setMonth} />
          </>
        }
      />
      <div
        className={query.isPlaceholderData ? 'report report-waiting' : 'report'}
        aria-busy={query.isPlaceholderData}
      >
        <Resource query={query} rows={12}>
          {(data) => (isBlank(data) ? <Blank data={data} onOther={show} /> : <Figures data={data} />)}
        </Resource>
        {rows === 'live' && <CoverageSection month={month} />}
      </div>
    </>
  );
}

function Figures({ data }: { readonly data: Month }): ReactElement {
  return (
    <>
      <WarningsSection warnings={data.warnings} rows={data.rows} />
      <OrdersSection orders={data.orders} rows={data.rows} />
      <ReadingsSection readings={data.readings} />
      <p className="quiet">{TEXT.listsHint}</p>
    </>
  );
}

/** Nothing counted: said as such, with the way to the other rows. */
function Blank({
  data,
  onOther,
}: {
  readonly data: Month;
  readonly onOther: (rows: Rows) => void;
}): ReactElement {
  const other = data.rows === 'live' ? 'replay' : 'live';
  return (
    <Empty
      title={TEXT.none(formatMonth(data.month), data.rows)}
      hint={
        <>
          {TEXT.noneHint[data.rows]}
          <br />
          <Button className="report-other" type="primary" onClick={() => onOther(other)}>
            {TEXT.other[other]}
          </Button>
        </>
      }
    />
  );
}

interface MonthPickerProps {
  readonly now: string;
  readonly month: string;
  readonly onChange: (month: string) => void;
}

function MonthPicker({ now, month, onChange }: MonthPickerProps): ReactElement {
  const offered = monthsBack(now, MONTHS_OFFERED);
  return (
    <span className="month-picker">
      <Button
        icon={<LeftOutlined />}
        aria-label={TEXT.before}
        disabled={month === offered.at(-1)}
        onClick={() => onChange(monthAway(month, -1))}
      />
      <Select
        value={month}
        onChange={onChange}
        aria-label={TEXT.month}
        options={offered.map((value) => ({ value, label: formatMonth(value) }))}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={TEXT.after}
        disabled={month >= now}
        onClick={() => onChange(monthAway(month, 1))}
      />
    </span>
  );
}
