import { incidentRoutes } from '#contract/response';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../app/beijing-input.ts';
import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { TEXT } from './text.ts';
import { TownsField } from './towns-field.tsx';
import { useIncidentAct } from './use-incident-act.ts';

const DAY_MS = 86_400_000;

interface Draft {
  readonly title: string;
  readonly number: string;
  readonly yesNo: string;
  readonly every: string;
  readonly limit: string;
  readonly until: string;
  /** Codes; none: all towns. */
  readonly towns: readonly string[];
}

const FIELDS = [
  ['title', TEXT.formTitle, 'text'],
  ['number', TEXT.formNumber, 'text'],
  ['yesNo', TEXT.formYesNo, 'text'],
  ['every', TEXT.every, 'number'],
  ['limit', TEXT.limit, 'number'],
  ['until', TEXT.until, 'datetime-local'],
] as const;

/** Puts a question to all towns. */
export function AskForm({
  incident,
  onDone,
}: {
  readonly incident: number;
  readonly onDone: () => void;
}): ReactElement {
  const [draft, setDraft] = useState<Draft>(() => ({
    title: '转移人数',
    number: '已转移人数',
    yesNo: '',
    every: '60',
    limit: '30',
    until: fieldOf(Date.now() + DAY_MS),
    towns: [],
  }));
  const until = momentOf(draft.until);
  const limit = Number(draft.limit);
  const ready = draft.title.trim().length > 1 && draft.number.trim() !== '' && limit >= 5 && until !== null;
  const asking = useIncidentAct(
    () =>
      call(incidentRoutes.askForm, {
        params: { id: incident },
        body: {
          title: draft.title,
          fields: [
            { key: 'number', text: draft.number, kind: 'number' },
            ...(draft.yesNo.trim() === ''
              ? []
              : [{ key: 'yesno', text: draft.yesNo, kind: 'yes-no' as const }]),
            { key: 'note', text: '其他情况', kind: 'text' },
          ],
          ...(draft.every.trim() === '' ? {} : { everyMinutes: Number(draft.every) }),
          limitMinutes: limit,
          until: until ?? 0,
          ...(draft.towns.length === 0 ? {} : { platforms: [...draft.towns] }),
        },
      }),
    onDone,
  );
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) asking.mutate(undefined);
      }}
    >
      <TownsField value={draft.towns} onChange={(towns) => setDraft({ ...draft, towns })} />
      {FIELDS.map(([key, label, type]) => (
        <label key={key} className="field">
          {label}
          <Input
            type={type}
            maxLength={40}
            value={draft[key]}
            onChange={({ target }) => setDraft({ ...draft, [key]: target.value })}
          />
        </label>
      ))}
      {asking.error && <Failure error={asking.error} />}
      <Button size="large" type="primary" htmlType="submit" disabled={!ready} loading={asking.isPending}>
        {TEXT.ask}
      </Button>
    </form>
  );
}
