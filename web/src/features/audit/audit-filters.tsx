import { Button, Input } from 'antd';
import { type ReactElement, type SubmitEvent, useState } from 'react';

import { Choice } from '../../ui/choice.tsx';
import type { AuditSearch } from './search.ts';
import { SUBJECTS_OF_ACTION, TEXT } from './text.ts';

type Preset = keyof typeof SUBJECTS_OF_ACTION;
const PRESETS = Object.keys(SUBJECTS_OF_ACTION) as Preset[];

interface AuditFiltersProps {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}

/** Who, what, about what, from when to when. What is typed is looked for with Enter or the button; a choice at once. */
export function AuditFilters({ search, onSearch }: AuditFiltersProps): ReactElement {
  const [actor, setActor] = useState(search.actor ?? '');
  const [subject, setSubject] = useState(search.subject ?? '');
  const change = (part: { readonly [K in keyof AuditSearch]: AuditSearch[K] | undefined }): void => {
    const next = { ...search, actor: actor.trim(), subject: subject.trim(), ...part };
    onSearch(
      Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '')),
    );
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change({});
  };
  const clear = (): void => {
    setActor('');
    setSubject('');
    onSearch({});
  };
  return (
    <form className="filters audit-filters" role="search" onSubmit={submit}>
      <Input
        allowClear
        maxLength={100}
        value={actor}
        placeholder={TEXT.actor}
        aria-label={TEXT.actor}
        onChange={({ target }) => setActor(target.value)}
      />
      <Choice
        label={TEXT.action}
        values={PRESETS}
        textOf={(preset) => SUBJECTS_OF_ACTION[preset]}
        value={PRESETS.find((preset) => preset === search.action)}
        onChange={(action) => change({ action })}
      />
      <Input
        className="audit-subject"
        allowClear
        maxLength={100}
        value={subject}
        placeholder={TEXT.subject}
        aria-label="对象"
        onChange={({ target }) => setSubject(target.value)}
      />
      <Day label={TEXT.from} value={search.from} max={search.to} onChange={(from) => change({ from })} />
      <Day label={TEXT.to} value={search.to} min={search.from} onChange={(to) => change({ to })} />
      <Button htmlType="submit" type="primary">
        {TEXT.search}
      </Button>
      {Object.keys(search).length > 0 && <Button onClick={clear}>{TEXT.clear}</Button>}
    </form>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

function Day({ label, value, min, max, onChange }: DayProps): ReactElement {
  return (
    <label className="audit-day">
      <span>{label}</span>
      <Input
        type="date"
        value={value ?? ''}
        min={min}
        max={max}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      />
    </label>
  );
}
