import { type FormDue, incidentRoutes } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { useCan } from '../../app/session.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { Failure } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { duesQuery } from './queries.ts';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';
import './incident.css';

/** What my town owes to those who coordinate: one card a form. Nothing where nothing is asked. */
export function TodoForms(): ReactElement | null {
  const { data } = useQuery({ ...duesQuery, enabled: useCan('form.answer') });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel todo-forms" aria-label={TEXT.todo}>
      <h2>{TEXT.todo}</h2>
      {items.map((due) => (
        <DueCard key={due.id} due={due} />
      ))}
    </section>
  );
}

function DueCard({ due }: { readonly due: FormDue }): ReactElement {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState('');
  const sending = useIncidentAct(() =>
    call(incidentRoutes.answerForm, {
      params: { id: due.id },
      body: {
        answers: Object.fromEntries(
          due.fields.map((field) => [field.key, valueOf(field, answers[field.key])]),
        ),
        note,
      },
    }),
  );
  const ready = due.fields.every(({ key, kind }) => kind === 'text' || (answers[key] ?? '') !== '');
  return (
    <form
      className="panel-body hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) sending.mutate(undefined);
      }}
    >
      <strong>
        {due.title} · {due.platform} {due.late && <StateTag tone="late">{TEXT.isLate}</StateTag>}
      </strong>
      <small className="quiet">
        {due.incident.title} · {TEXT.due} <TimeText at={due.dueAt} />
      </small>
      {due.fields.map((field) => (
        <Answer
          key={field.key}
          field={field}
          value={answers[field.key] ?? ''}
          onChange={(value) => setAnswers({ ...answers, [field.key]: value })}
        />
      ))}
      <label className="field">
        {TEXT.noteField}
        <Input
          size="large"
          maxLength={200}
          value={note}
          placeholder={TEXT.noteHint}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      {sending.error && <Failure error={sending.error} />}
      <Button size="large" type="primary" htmlType="submit" disabled={!ready} loading={sending.isPending}>
        {TEXT.send}
      </Button>
    </form>
  );
}

type Field = FormDue['fields'][number];

function valueOf({ kind }: Field, text: string | undefined): number | string | boolean {
  if (kind === 'yes-no') return text === 'yes';
  return kind === 'number' ? Number(text) : (text ?? '');
}

interface AnswerProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Answer({ field, value, onChange }: AnswerProps): ReactElement {
  const label = `${field.text}${field.unit === undefined ? '' : `（${field.unit}）`}`;
  if (field.kind === 'yes-no')
    return (
      <div className="field">
        {label}
        <Segmented
          aria-label={label}
          value={value}
          onChange={onChange}
          options={[
            { value: 'yes', label: '是' },
            { value: 'no', label: '否' },
          ]}
        />
      </div>
    );
  return (
    <label className="field">
      {label}
      <Input
        size="large"
        maxLength={500}
        inputMode={field.kind === 'number' ? 'numeric' : 'text'}
        type={field.kind === 'number' ? 'number' : 'text'}
        min={0}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
