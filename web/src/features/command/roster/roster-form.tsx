import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { commandRoutes, type Roster } from '#contract/command';
import { type Turn, TURNS } from '#model/command';
import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { useSession } from '../../../app/session.ts';
import { Failure } from '../../../ui/states.tsx';
import { PeopleSelect } from '../person-select.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import {
  clockText,
  emptySeat,
  freeKey,
  rosterBody,
  type RosterDraft,
  rosterFault,
  type SeatRow,
  startRoster,
  type TimeRow,
} from './roster-draft.ts';
import { ROSTER_FORM_TEXT as WORDS } from './text.ts';

interface RosterFormProps {
  /** Absent: a new one. */
  readonly roster?: Roster;
  readonly onClose: () => void;
  readonly onSaved?: (roster: Roster) => void;
}

/** A roster: its shifts of a day, its seats, and who takes turns at each. */
export function RosterForm({ roster, onClose, onSaved }: RosterFormProps): ReactElement {
  const own = useSession()?.roles.find((role) => role.actingFor === null)?.platform;
  const [draft, setDraft] = useState<RosterDraft>(() => startRoster(roster, own));
  const change = (part: Partial<RosterDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const done = (saved: Roster): void => {
    onSaved?.(saved);
    onClose();
  };
  const create = useAct(commandRoutes.createRoster, done);
  const update = useAct(commandRoutes.updateRoster, done);
  const fault = rosterFault(draft);
  const error = create.error ?? update.error;
  const send = (): void => {
    const body = rosterBody(draft);
    if (roster)
      update.mutate({
        params: { id: roster.id },
        body: { ...body, calendar: roster.calendar, version: roster.version },
      });
    else create.mutate({ body: { ...body, platform: draft.platform ?? '' } });
  };
  return (
    <Drawer open onClose={onClose} size="min(760px, 100vw)" title={roster ? WORDS.edit : WORDS.add}>
      <form
        className="command-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) send();
        }}
      >
        {!roster && (
          <div className="form-field">
            <span className="form-label">{WORDS.platform}</span>
            <PlatformSelect
              value={draft.platform}
              label={WORDS.platform}
              onChange={(platform) => change({ platform })}
            />
          </div>
        )}
        <label>
          <span className="form-label">{WORDS.name}</span>
          <Input
            maxLength={100}
            placeholder={WORDS.namePlaceholder}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </label>
        <Times title={WORDS.workday} rows={draft.workday} onChange={(workday) => change({ workday })} />
        <Checkbox
          checked={draft.holiday !== null}
          onChange={({ target }) => change({ holiday: target.checked ? draft.workday : null })}
        >
          {WORDS.holidayOwn}
        </Checkbox>
        {draft.holiday && (
          <Times title={WORDS.holiday} rows={draft.holiday} onChange={(holiday) => change({ holiday })} />
        )}
        <p className="form-hint">{WORDS.shiftHint}</p>
        <Checkbox checked={draft.required} onChange={({ target }) => change({ required: target.checked })}>
          {WORDS.required}
        </Checkbox>
        <Seats rows={draft.seats} onChange={(seats) => change({ seats })} />
        {roster && <p className="form-hint">{WORDS.keepNote}</p>}
        {fault !== undefined && <p className="form-hint">{fault}</p>}
        {error && <Failure error={error} />}
        <div className="shift-acts">
          <Button
            type="primary"
            htmlType="submit"
            disabled={fault !== undefined}
            loading={create.isPending || update.isPending}
          >
            {TEXT.save}
          </Button>
          <Button onClick={onClose}>{TEXT.cancel}</Button>
        </div>
      </form>
    </Drawer>
  );
}

const MOST_SHIFTS = 6;
const MOST_SEATS = 10;

interface RowsProps<Row> {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}

function Times({ title, rows, onChange }: RowsProps<TimeRow> & { readonly title: string }): ReactElement {
  const set = (key: number, part: Partial<TimeRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="roster-rows">
      <legend className="form-label">{title}</legend>
      {rows.map((row) => (
        <div key={row.key} className="time-row">
          <Input
            aria-label={WORDS.shiftName}
            placeholder={WORDS.shiftName}
            maxLength={20}
            value={row.name}
            onChange={({ target }) => set(row.key, { name: target.value })}
          />
          <Input
            className="figures"
            maxLength={5}
            placeholder="08:30"
            aria-label={WORDS.shiftFrom}
            value={row.from}
            onChange={({ target }) => set(row.key, { from: clockText(target.value) })}
          />
          <Input
            className="figures"
            maxLength={5}
            placeholder="20:30"
            aria-label={WORDS.shiftTo}
            value={row.to}
            onChange={({ target }) => set(row.key, { to: clockText(target.value) })}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={`${WORDS.remove} ${row.name}`}
            onClick={() => onChange(rows.filter((one) => one.key !== row.key))}
          />
        </div>
      ))}
      {rows.length < MOST_SHIFTS && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange([...rows, { key: freeKey(rows), name: '', from: '08:30', to: '17:30' }])}
        >
          {WORDS.addShift}
        </Button>
      )}
    </fieldset>
  );
}

function Seats({ rows, onChange }: RowsProps<SeatRow>): ReactElement {
  const set = (key: number, part: Partial<SeatRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="roster-rows">
      <legend className="form-label">{WORDS.seats}</legend>
      {rows.map((row) => (
        <div key={row.key} className="seat-edit">
          <div className="seat-edit-head">
            <Input
              aria-label={WORDS.seat}
              placeholder={WORDS.seatPlaceholder}
              maxLength={40}
              value={row.name}
              onChange={({ target }) => set(row.key, { name: target.value })}
            />
            <Select<Turn>
              aria-label={WORDS.turn}
              value={row.turn}
              onChange={(turn) => set(row.key, { turn })}
              options={TURNS.map((turn) => ({ value: turn, label: WORDS.turns[turn] }))}
            />
            <Button
              icon={<DeleteOutlined />}
              aria-label={`${WORDS.remove} ${row.name}`}
              onClick={() => onChange(rows.filter((one) => one.key !== row.key))}
            />
          </div>
          <PeopleSelect label={WORDS.rota} value={row.rota} onChange={(rota) => set(row.key, { rota })} />
          <PeopleSelect
            label={WORDS.holidayRota}
            value={row.holidayRota}
            onChange={(holidayRota) => set(row.key, { holidayRota })}
          />
        </div>
      ))}
      {rows.length < MOST_SEATS && (
        <Button icon={<PlusOutlined />} onClick={() => onChange([...rows, emptySeat(freeKey(rows))])}>
          {WORDS.addSeat}
        </Button>
      )}
    </fieldset>
  );
}
