import { CASE_KINDS, type CaseKind, type KnownCase, rehearsalRoutes } from '#contract/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { Failure } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { momentOf } from '../draft/beijing-moment.ts';
import { Field } from '../draft/field.tsx';
import { casesQuery } from './rehearsal-queries.ts';
import { CASE_KIND_TEXT, CASES_TEXT as T } from './rehearsal-text.ts';
import { useRehearsalAct } from './use-rehearsal-act.ts';

interface KnownCasesProps {
  readonly scenario: string;
  readonly mayRecord: boolean;
}

/** What is known to have happened, or to have been false: rehearsals are held against it. */
export function KnownCases({ scenario, mayRecord }: KnownCasesProps): ReactElement {
  const query = useInfiniteQuery(casesQuery(scenario));
  return (
    <details className="rehearsal-cases">
      <summary>{T.title}</summary>
      <p className="quiet">{T.hint}</p>
      {mayRecord && <CaseForm scenario={scenario} />}
      <CardsTable query={query} columns={T.columns} empty={{ title: T.none }}>
        {(one) => <CaseRow key={one.id} known={one} />}
      </CardsTable>
    </details>
  );
}

function CaseRow({ known }: { readonly known: KnownCase }): ReactElement {
  const removing = useRehearsalAct(rehearsalRoutes.removeKnownCase);
  const { id, kind, text, from, to, object, source, recordedBy } = known;
  return (
    <tr>
      <th scope="row">
        {text}
        <span className="quiet row-code">{CASE_KIND_TEXT[kind]}</span>
      </th>
      <td data-label={T.columns[1]}>
        <TimeText at={from} whole /> — <TimeText at={to} whole />
      </td>
      <td data-label={T.columns[2]}>{object?.name ?? T.any}</td>
      <td data-label={T.columns[3]}>
        {source}
        <span className="quiet row-code">{recordedBy.name}</span>
      </td>
      <td>
        {known.allowedActions.includes('remove') && (
          <Button
            type="link"
            loading={removing.isPending}
            onClick={() => removing.mutate({ params: { id } })}
          >
            {T.remove}
          </Button>
        )}
        {removing.error && <Failure error={removing.error} />}
      </td>
    </tr>
  );
}

const EMPTY = { object: '', from: '', to: '', text: '', source: '' };

function CaseForm({ scenario }: { readonly scenario: string }): ReactElement {
  const id = useId();
  const [kind, setKind] = useState<CaseKind>('incident');
  const [filled, setFilled] = useState(EMPTY);
  const [incomplete, setIncomplete] = useState(false);
  const recording = useRehearsalAct(rehearsalRoutes.recordKnownCases, () => setFilled(EMPTY));
  const set = (field: keyof typeof EMPTY) => (value: string) =>
    setFilled((before) => ({ ...before, [field]: value }));
  const record = (): void => {
    const { object, text, source } = filled;
    const [from, to] = [momentOf(filled.from), momentOf(filled.to)];
    const isWhole =
      from !== undefined && to !== undefined && text.trim().length > 1 && source.trim().length > 1;
    setIncomplete(!isWhole);
    if (!isWhole) return;
    const code = object.trim();
    recording.mutate({
      body: { scenario, cases: [{ kind, from, to, text, source, ...(code !== '' && { object: code }) }] },
    });
  };
  return (
    <div className="rehearsal-form">
      <div className="standard-field standard-wide">
        <span id={`${id}k`}>{T.kind}</span>
        <Segmented
          aria-labelledby={`${id}k`}
          value={kind}
          onChange={setKind}
          options={CASE_KINDS.map((value) => ({ value, label: CASE_KIND_TEXT[value] }))}
        />
      </div>
      {(['from', 'to', 'text', 'source', 'object'] as const).map((field) => (
        <Field key={field} id={`${id}${field}`} label={T[field]} wide={field === 'text'}>
          <Input
            id={`${id}${field}`}
            type={field === 'from' || field === 'to' ? 'datetime-local' : 'text'}
            value={filled[field]}
            maxLength={500}
            onChange={({ target }) => set(field)(target.value)}
          />
        </Field>
      ))}
      <Button loading={recording.isPending} onClick={record}>
        {T.save}
      </Button>
      {incomplete && <Failure error={new Error(T.incomplete)} />}
      {recording.error && <Failure error={recording.error} />}
    </div>
  );
}
