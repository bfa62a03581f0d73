import { rehearsalRoutes } from '#contract/standard';
import { Button, Input, Segmented, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { useReplaySessions } from '../../../app/replay.ts';
import { Failure } from '../../../ui/states.tsx';
import { momentOf } from '../draft/beijing-moment.ts';
import { Field } from '../draft/field.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { useRehearsalAct } from './use-rehearsal-act.ts';

const DAY_MS = 86_400_000;
const SPANS = { month: 30, quarter: 91, year: 365 } as const;
type Over = keyof typeof SPANS | 'own' | 'session';
const OVER: readonly Over[] = ['month', 'quarter', 'year', 'own', 'session'];

interface Span {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Which past the draft is run over. */
export function RequestForm({ draft }: { readonly draft: number }): ReactElement {
  const id = useId();
  const asking = useRehearsalAct(rehearsalRoutes.requestRehearsal);
  const [over, setOver] = useState<Over>('year');
  const [own, setOwn] = useState({ from: '', to: '' });
  const [session, setSession] = useState<number>();
  const [objects, setObjects] = useState('');
  const needsMoments = over === 'own' || over === 'session';
  const span = (now: number): Span =>
    needsMoments
      ? { from: momentOf(own.from), to: momentOf(own.to) }
      : { from: now - SPANS[over] * DAY_MS, to: now };
  const isWhole =
    (!needsMoments || (own.from !== '' && own.to !== '')) && (over !== 'session' || session !== undefined);
  const start = (): void => {
    const { from, to } = span(Date.now());
    if (from === undefined || to === undefined) return;
    const codes = objects.split(/[\s,，、;；]+/u).filter((code) => code !== '');
    asking.mutate({
      params: { id: draft },
      body: { from, to, objects: codes, ...(over === 'session' && session !== undefined && { session }) },
    });
  };
  return (
    <div className="rehearsal-form">
      <div className="standard-field standard-wide">
        <span id={`${id}o`}>{T.over}</span>
        <Segmented
          aria-labelledby={`${id}o`}
          value={over}
          onChange={setOver}
          options={OVER.map((value) => ({ value, label: T.spans[value] }))}
        />
      </div>
      {over === 'session' && <SessionField id={`${id}s`} value={session} onChange={setSession} />}
      {needsMoments &&
        (['from', 'to'] as const).map((end) => (
          <Field key={end} id={`${id}${end}`} label={T[end]}>
            <Input
              id={`${id}${end}`}
              type="datetime-local"
              value={own[end]}
              onChange={({ target }) => setOwn((before) => ({ ...before, [end]: target.value }))}
            />
          </Field>
        ))}
      <Field id={`${id}c`} label={T.objects} wide>
        <Input
          id={`${id}c`}
          value={objects}
          onChange={({ target }) => setObjects(target.value)}
          maxLength={4000}
        />
      </Field>
      <Button type="primary" loading={asking.isPending} disabled={!isWhole} onClick={start}>
        {T.start}
      </Button>
      {asking.error && <Failure error={asking.error} />}
    </div>
  );
}

interface SessionFieldProps {
  readonly id: string;
  readonly value: number | undefined;
  readonly onChange: (session: number) => void;
}

function SessionField({ id, value, onChange }: SessionFieldProps): ReactElement {
  const sessions = useReplaySessions();
  return (
    <Field id={id} label={T.session}>
      <Select
        id={id}
        value={value ?? null}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
        options={sessions.map((session) => ({ value: session.id, label: session.name }))}
      />
    </Field>
  );
}
