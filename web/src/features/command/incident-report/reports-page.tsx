import './reports.css';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatMonth } from '../../../app/format.ts';
import { monthsBack } from '../../../app/months.ts';
import { useCan, useSession } from '../../../app/session.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { REPORT_TABS, type ReportSearch, type ReportTab } from '../search.ts';
import { DutyRow } from './duty-row.tsx';
import { FlagList } from './flag-list.tsx';
import { dutiesQuery, reportsQuery } from './queries.ts';
import { ReportEntry } from './report-entry.tsx';
import { RuleList } from './rule-list.tsx';
import { TellForm } from './tell-form.tsx';
import { REPORT_TEXT } from './text.ts';

const MONTHS_OFFERED = 36;

/** 信息报送: what is owed, what was sent and received, what went wrong, and the rules. */
export function ReportsPage(): ReactElement {
  const { tab = 'due', all = false, unsigned = false, month } = useSearch({ from: '/desk/command/reports' });
  const navigate = useNavigate();
  const session = useSession();
  const mayKeep = useCan('duty.keep');
  const [telling, setTelling] = useState(false);
  const own = session?.roles.find((role) => role.actingFor === null)?.platform;
  const platform = all ? undefined : own;
  const go = (change: ReportSearch): void =>
    void navigate({
      to: '/command/reports',
      search: { tab, all, unsigned, month, ...change },
      replace: true,
    });
  return (
    <Frame
      title={REPORT_TEXT.title}
      hint={REPORT_TEXT.hint}
      extra={mayKeep && <Button onClick={() => setTelling(true)}>{REPORT_TEXT.tell}</Button>}
    >
      <div className="filters report-filters">
        <Segmented<ReportTab>
          aria-label={REPORT_TEXT.title}
          value={tab}
          onChange={(next) => go({ tab: next })}
          options={REPORT_TABS.map((value) => ({ value, label: REPORT_TEXT.tabs[value] }))}
        />
        {tab === 'flags' && <MonthChoice month={month} onChange={(next) => go({ month: next })} />}
        <Narrow search={{ tab, all, unsigned }} go={go} />
      </div>
      <Tab tab={tab} platform={platform} unsigned={unsigned} month={month} />
      {telling && own !== undefined && <TellForm platform={own} onClose={() => setTelling(false)} />}
    </Frame>
  );
}

interface TabProps {
  readonly tab: ReportTab;
  readonly platform: string | undefined;
  readonly unsigned: boolean;
  readonly month: string | undefined;
}

function Tab({ tab, platform, unsigned, month }: TabProps): ReactElement {
  switch (tab) {
    case 'due':
      return <DutyList platform={platform} />;
    case 'sent':
      return <ReportList platform={platform} received={false} unsigned={false} />;
    case 'received':
      return <ReportList platform={undefined} received unsigned={unsigned} />;
    case 'flags':
      return <FlagList platform={platform} month={month} />;
    case 'rules':
      return <RuleList />;
    default:
      return tab satisfies never;
  }
}

interface MonthChoiceProps {
  readonly month: string | undefined;
  readonly onChange: (month: string | undefined) => void;
}

/** One of the last three years' months, or all. */
function MonthChoice({ month, onChange }: MonthChoiceProps): ReactElement {
  const [now] = useState(() => formatDate(Date.now()).slice(0, 7));
  return (
    <Select<string | null>
      allowClear
      aria-label={REPORT_TEXT.month}
      placeholder={REPORT_TEXT.allMonths}
      value={month ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={monthsBack(now, MONTHS_OFFERED).map((value) => ({ value, label: formatMonth(value) }))}
    />
  );
}

interface NarrowProps {
  readonly search: Required<Pick<ReportSearch, 'all' | 'unsigned'>> & { readonly tab: ReportTab };
  readonly go: (change: ReportSearch) => void;
}

/** Of the own platform or of all in sight; what was received, or what nobody has signed for. */
function Narrow({ search: { tab, all, unsigned }, go }: NarrowProps): ReactElement | null {
  if (tab === 'rules') return null;
  const isBox = tab === 'received';
  const pressed = isBox ? unsigned : all;
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed={pressed}
      onClick={() => go(isBox ? { unsigned: !unsigned } : { all: !all })}
    >
      {isBox ? REPORT_TEXT.unsigned : REPORT_TEXT.all}
    </button>
  );
}

function DutyList({ platform }: { readonly platform: string | undefined }): ReactElement {
  const query = useInfiniteQuery(dutiesQuery(platform));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Resource query={query}>
      {() =>
        rows.length === 0 ? (
          <Empty title={REPORT_TEXT.noDue} hint={REPORT_TEXT.noDueHint} />
        ) : (
          <div className="rows-frame">
            <ul className="report-duties">
              {rows.map((duty) => (
                <DutyRow key={duty.id} duty={duty} showMatter>
                  {duty.mayReport && (
                    <Link
                      to="/command/reports/$id"
                      params={{ id: String(duty.matter.id) }}
                      search={{ duty: duty.id }}
                      className="report-do"
                    >
                      {REPORT_TEXT.report}
                    </Link>
                  )}
                </DutyRow>
              ))}
            </ul>
            <MoreButton count={rows.length} query={query} />
          </div>
        )
      }
    </Resource>
  );
}

interface ReportListProps {
  readonly platform: string | undefined;
  readonly received: boolean;
  readonly unsigned: boolean;
}

function ReportList({ platform, received, unsigned }: ReportListProps): ReactElement {
  const query = useInfiniteQuery(
    reportsQuery({
      platform,
      received: received ? 'true' : undefined,
      unsigned: unsigned ? 'true' : undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Resource query={query}>
      {() =>
        rows.length === 0 ? (
          <Empty title={REPORT_TEXT.none} />
        ) : (
          <div className="rows-frame">
            <ul className="report-list">
              {rows.map((report) => (
                <ReportEntry key={report.id} report={report} showMatter />
              ))}
            </ul>
            <MoreButton count={rows.length} query={query} />
          </div>
        )
      }
    </Resource>
  );
}
