import { CALENDAR_DAY_KINDS } from '#model/command';
import { Button, Input, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { CALENDAR_TEXT as WORDS } from './text.ts';
import { type CalendarDay, spanOfDays } from './year-changes.ts';

interface AddDaysProps {
  readonly year: number;
  readonly onAdd: (days: readonly CalendarDay[]) => void;
}

const BLANK = { kind: 'holiday' as CalendarDay['kind'], name: '', from: '', to: '' };

/** A day or a span of days off, or of days that are worked for them. */
export function AddDays({ year, onAdd }: AddDaysProps): ReactElement {
  const [draft, setDraft] = useState(BLANK);
  const change = (part: Partial<typeof BLANK>): void => setDraft((before) => ({ ...before, ...part }));
  const { kind, from, to } = draft;
  const name = draft.name.trim();
  const days = spanOfDays(year, from, to);
  const begun = from !== '' || to !== '';
  const fault = name === '' ? WORDS.noName : days === undefined ? WORDS.badDays(year) : undefined;
  const add = (): void => {
    if (fault !== undefined || days === undefined) return;
    onAdd(days.map((day) => ({ day, kind, name })));
    setDraft({ ...BLANK, kind, name });
  };
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return (
    <fieldset className="add-days">
      <legend className="form-label">{WORDS.add}</legend>
      <div className="form-row">
        <div className="form-field">
          <span className="form-label">{WORDS.kind}</span>
          <Segmented
            block
            aria-label={WORDS.kind}
            options={CALENDAR_DAY_KINDS.map((value) => ({ value, label: WORDS.kinds[value] }))}
            value={kind}
            onChange={(value) => change({ kind: value })}
          />
        </div>
        <label>
          <span className="form-label">{WORDS.name}</span>
          <Input
            maxLength={50}
            placeholder={WORDS.namePlaceholder}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </label>
        <label>
          <span className="form-label">{WORDS.from}</span>
          <Input
            type="date"
            min={first}
            max={last}
            value={from}
            onChange={({ target }) => change({ from: target.value })}
          />
        </label>
        <label>
          <span className="form-label">{WORDS.to}</span>
          <Input
            type="date"
            min={first}
            max={last}
            value={to}
            onChange={({ target }) => change({ to: target.value })}
          />
        </label>
      </div>
      {begun && fault !== undefined && <p className="form-hint">{fault}</p>}
      <Button disabled={fault !== undefined} onClick={add}>
        {WORDS.addDo}
      </Button>
    </fieldset>
  );
}
