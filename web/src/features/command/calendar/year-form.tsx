import { type CalendarYear, commandRoutes } from '#contract/command';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';

import { CallError } from '../../../app/call.ts';
import { formatDateTime } from '../../../app/format.ts';
import { Empty, Failure } from '../../../ui/states.tsx';
import { calendarQuery } from '../queries.ts';
import { useAct } from '../use-act.ts';
import { AddDays } from './add-days.tsx';
import { HolidayList } from './holiday-list.tsx';
import { CALENDAR_TEXT as WORDS } from './text.ts';
import { changedDays, NO_CHANGES, withDays, withoutDay } from './year-changes.ts';

interface YearFormProps {
  readonly year: CalendarYear;
  readonly onDirty: (dirty: boolean) => void;
  readonly reload: () => void;
}

/** One year: what is known of it and where from; who may adds days and takes them out, then saves them together. */
export function YearForm(props: YearFormProps): ReactElement {
  const { year } = props;
  return (
    <div className="command-form calendar-year">
      {year.days.length === 0 ? (
        <Empty title={WORDS.unknown} hint={year.note} />
      ) : (
        <p className="quiet">
          {year.note}
          {year.editedBy !== null && year.editedAt !== null && (
            <> · {WORDS.edited(year.editedBy, formatDateTime(year.editedAt))}</>
          )}
        </p>
      )}
      {year.allowedActions.includes('edit') ? (
        <Editor {...props} />
      ) : (
        <>
          <HolidayList days={year.days} />
          {year.source !== null && (
            <p className="quiet">
              {WORDS.source}：{year.source}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Editor({ year, onDirty, reload }: YearFormProps): ReactElement {
  const { message } = App.useApp();
  const [changes, setChanges] = useState(NO_CHANGES);
  const [typed, setTyped] = useState<string>();
  const source = typed ?? year.source ?? '';
  const dirty =
    changes.added.length + changes.removed.length > 0 || source.trim() !== (year.source ?? '').trim();
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  const undo = (): void => {
    setChanges(NO_CHANGES);
    setTyped(undefined);
  };
  const client = useQueryClient();
  const save = useAct(commandRoutes.putCalendar, (saved) => {
    client.setQueryData(calendarQuery(saved.id, saved.year).queryKey, saved);
    undo();
    void message.success(WORDS.saved);
  });
  const days = changedDays(year.days, changes);
  const send = (): void =>
    save.mutate({
      params: { id: year.id, year: year.year },
      body: { days: [...days], source: source.trim(), version: year.version },
    });
  return (
    <>
      <HolidayList
        days={days}
        onRemove={(day) => setChanges((before) => withoutDay(before, day, year.days))}
      />
      <AddDays year={year.year} onAdd={(added) => setChanges((before) => withDays(before, added))} />
      <label>
        <span className="form-label">{WORDS.source}</span>
        <Input
          maxLength={200}
          placeholder={WORDS.sourcePlaceholder}
          value={source}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      {dirty && (
        <p className="form-hint" role="status">
          {source.trim() === ''
            ? WORDS.noSource
            : WORDS.changed(changes.added.length, changes.removed.length)}
        </p>
      )}
      {save.error && (
        <SaveFailure
          error={save.error}
          onReload={() => {
            save.reset();
            reload();
          }}
        />
      )}
      <div className="shift-acts">
        <Button
          type="primary"
          disabled={!dirty || source.trim() === ''}
          loading={save.isPending}
          onClick={send}
        >
          {WORDS.save}
        </Button>
        {dirty && <Button onClick={undo}>{WORDS.undo}</Button>}
      </div>
    </>
  );
}

/** Where somebody else has saved meanwhile, the way on keeps what was typed. */
function SaveFailure({
  error,
  onReload,
}: {
  readonly error: Error;
  readonly onReload: () => void;
}): ReactElement {
  const changed = error instanceof CallError && error.code === 'record.changed';
  return (
    <>
      <Failure error={error} />
      {changed && <Button onClick={onReload}>{WORDS.reload}</Button>}
    </>
  );
}
