import './roster.css';

import {
  CalendarOutlined,
  LeftOutlined,
  PlusOutlined,
  PrinterOutlined,
  RightOutlined,
} from '@ant-design/icons';
import type { CalendarYear, Roster, Shift } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { Empty, Resource } from '../../../ui/states.tsx';
import { CalendarDrawer } from '../calendar/calendar-drawer.tsx';
import { CALENDAR_TEXT } from '../calendar/text.ts';
import { daysOfMonth, loadsOf, markOf, monthOf, moveMonth, startOf } from '../calendar-days.ts';
import { Frame } from '../frame.tsx';
import { calendarQuery, rostersQuery, shiftsQuery } from '../queries.ts';
import type { RosterSearch } from '../search.ts';
import { TEXT } from '../text.ts';
import { GenerateDialog } from './generate-dialog.tsx';
import { MonthTable } from './month-table.tsx';
import { RetireRoster } from './retire-roster.tsx';
import { RosterForm } from './roster-form.tsx';
import { ShiftDialog } from './shift-dialog.tsx';
import { SwapPanel } from './swap-panel.tsx';
import { shiftLegend } from './span-text.ts';
import { ROSTER_TEXT } from './text.ts';

const HOUR_MS = 3_600_000;
/** What a roster follows unless it says otherwise. */
const DISTRICT_CALENDAR = 'cn';

/** 排班: a roster's month, its swaps, and how the load is shared. */
export function RosterPage(): ReactElement {
  const search = useSearch({ from: '/desk/command/roster' });
  const navigate = useNavigate();
  const rosters = useQuery(rostersQuery);
  const mayManage = useCan('roster.manage');
  const [opened, setOpened] = useState<'new' | 'calendar'>();
  const close = (): void => setOpened(undefined);
  const chosen = rosters.data?.items.find((one) => one.id === search.roster) ?? rosters.data?.items[0];
  const now = useNow(HOUR_MS);
  const go = (change: RosterSearch): void =>
    void navigate({ to: '/command/roster', search: { ...search, ...change }, replace: true });
  return (
    <Frame
      title={ROSTER_TEXT.title}
      hint={ROSTER_TEXT.hint}
      extra={
        <span className="roster-extra no-print">
          <Button icon={<CalendarOutlined aria-hidden />} onClick={() => setOpened('calendar')}>
            {CALENDAR_TEXT.open}
          </Button>
          {mayManage && (
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => setOpened('new')}>
              {ROSTER_TEXT.newRoster}
            </Button>
          )}
        </span>
      }
    >
      <Resource query={rosters}>
        {({ items }) => {
          if (!chosen) {
            const hint = mayManage ? ROSTER_TEXT.noRostersHint : ROSTER_TEXT.noRostersHintRead;
            return <Empty title={ROSTER_TEXT.noRosters} hint={hint} />;
          }
          return <Month rosters={items} roster={chosen} search={search} go={go} />;
        }}
      </Resource>
      {opened === 'new' && <RosterForm onClose={close} onSaved={(saved) => go({ roster: saved.id })} />}
      {opened === 'calendar' && (
        <CalendarDrawer
          id={chosen?.calendar ?? DISTRICT_CALENDAR}
          start={Number((search.month ?? monthOf(now)).slice(0, 4))}
          onClose={close}
        />
      )}
    </Frame>
  );
}

interface MonthProps {
  readonly rosters: readonly Roster[];
  readonly roster: Roster;
  readonly search: RosterSearch;
  readonly go: (change: RosterSearch) => void;
}

function Month({ rosters, roster, search, go }: MonthProps): ReactElement {
  const now = useNow(HOUR_MS);
  const month = search.month ?? monthOf(now);
  const from = startOf(`${month}-01`);
  const to = startOf(`${moveMonth(month, 1)}-01`);
  const shifts = useQuery(shiftsQuery({ roster: roster.id, from, to }));
  const calendar = useQuery(calendarQuery(roster.calendar, Number(month.slice(0, 4))));
  const [open, setOpen] = useState<Shift>();
  const days = calendar.data?.days ?? [];
  const shown = open && (shifts.data?.find((shift) => shift.id === open.id) ?? open);
  return (
    <>
      <Bar rosters={rosters} roster={roster} month={month} now={now} go={go} />
      <p className="quiet roster-note">
        {roster.platform.name} {roster.name} ·{' '}
        {roster.plannedTo === null
          ? ROSTER_TEXT.notPlanned
          : ROSTER_TEXT.plannedTo(formatDateTime(roster.plannedTo))}
        {shiftLegend(roster.pattern).map((one) => (
          <span key={one} className="figures">
            {' · '}
            {one}
          </span>
        ))}
        {calendar.data && !calendar.data.known && ` · ${calendar.data.note}`}
      </p>
      <div className="roster-grid">
        <Resource query={shifts} rows={12}>
          {(list) => (
            <div className="rows-frame">
              <MonthTable
                key={month}
                month={month}
                roster={roster}
                // A night shift of the month before reaches into this one; its day is there.
                shifts={list.filter((shift) => shift.from >= from && shift.from < to)}
                calendar={days}
                onOpen={setOpen}
              />
            </div>
          )}
        </Resource>
        <div className="roster-side">
          <SwapPanel roster={roster.id} />
          <Loads month={month} shifts={shifts.data ?? []} calendar={days} />
        </div>
      </div>
      {shown && (
        <ShiftDialog key={shown.id} shift={shown} roster={roster} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

interface BarProps {
  readonly rosters: readonly Roster[];
  readonly roster: Roster;
  readonly month: string;
  readonly now: number;
  readonly go: (change: RosterSearch) => void;
}

function Bar({ rosters, roster, month, now, go }: BarProps): ReactElement {
  const [dialog, setDialog] = useState<'generate' | 'edit'>();
  const current = monthOf(now);
  const show = (next: string): void => go({ month: next === current ? undefined : next });
  const close = (): void => setDialog(undefined);
  return (
    <div className="filters roster-bar">
      <Select<number>
        className="roster-select"
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        aria-label={ROSTER_TEXT.roster}
        value={roster.id}
        onChange={(id) => go({ roster: id })}
        options={rosters.map((one) => ({ value: one.id, label: `${one.platform.name} ${one.name}` }))}
      />
      <span className="month-step">
        <Button
          className="no-print"
          icon={<LeftOutlined />}
          aria-label={ROSTER_TEXT.before}
          onClick={() => show(moveMonth(month, -1))}
        />
        <strong className="figures">{ROSTER_TEXT.month(month.slice(0, 4), month.slice(5))}</strong>
        <Button
          className="no-print"
          icon={<RightOutlined />}
          aria-label={ROSTER_TEXT.after}
          onClick={() => show(moveMonth(month, 1))}
        />
      </span>
      {month !== current && <Button onClick={() => show(current)}>{ROSTER_TEXT.thisMonth}</Button>}
      <span className="roster-acts no-print">
        {roster.allowedActions.includes('generate') && (
          <Button type="primary" onClick={() => setDialog('generate')}>
            {ROSTER_TEXT.generate}
          </Button>
        )}
        {roster.allowedActions.includes('edit') && (
          <Button onClick={() => setDialog('edit')}>{ROSTER_TEXT.editRoster}</Button>
        )}
        {roster.allowedActions.includes('retire') && (
          <RetireRoster roster={roster} onDone={() => go({ roster: undefined })} />
        )}
        <span className="hide-phone">
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => globalThis.print()}>
            {TEXT.print}
          </Button>
        </span>
      </span>
      {dialog === 'generate' && <GenerateDialog roster={roster} today={dayText(now)} onClose={close} />}
      {dialog === 'edit' && <RosterForm roster={roster} onClose={close} />}
    </div>
  );
}

const dayText = (at: number): string => formatDateTime(at).slice(0, 10);

function Loads({
  month,
  shifts,
  calendar,
}: {
  readonly month: string;
  readonly shifts: readonly Shift[];
  readonly calendar: CalendarYear['days'];
}): ReactElement | null {
  const off = new Set(daysOfMonth(month).flatMap((day) => (markOf(day, calendar).off ? [day.day] : [])));
  const inMonth = shifts.filter((shift) => shift.from >= startOf(`${month}-01`));
  const loads = loadsOf(inMonth, (day) => off.has(day));
  if (loads.length === 0) return null;
  const most = Math.max(...loads.map((load) => load.shifts));
  return (
    <section className="panel">
      <h2>{ROSTER_TEXT.load}</h2>
      <ul className="loads panel-body">
        {loads.map((load) => (
          <li key={load.name}>
            <span>{load.name}</span>
            <span className="figures quiet">{ROSTER_TEXT.loadOf(load.shifts, load.off)}</span>
            <span className="load-track" aria-hidden="true">
              <span style={{ width: `${((load.shifts - load.off) / most) * 100}%` }} />
              <span className="load-off" style={{ width: `${(load.off / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
