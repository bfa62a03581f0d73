import { type IncidentDetail, incidentRoutes } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { AskForm } from './ask-form.tsx';
import { formQuery } from './queries.ts';
import { ResultTable } from './result-table.tsx';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';

/** Names that are read at a glance; all of them stand in the results. */
const MOST_NAMED = 12;

type Form = IncidentDetail['forms'][number];

/** 填报: what towns are asked, who is late, and what their answers add up to. */
export function FormPanel({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<number>();
  const { forms, mayCoordinate } = incident;
  return (
    <section className="panel" aria-label={TEXT.formsTitle}>
      <div className="panel-head">
        <h2>{TEXT.formsTitle}</h2>
        {mayCoordinate && <Button onClick={() => setAsking(true)}>{TEXT.ask}</Button>}
      </div>
      {forms.length === 0 && <p className="quiet panel-body">{TEXT.formsNone}</p>}
      {forms.length > 0 && (
        <ul className="panel-body incident-parts">
          {forms.map((form) => (
            <FormRow key={form.id} form={form} mayStop={mayCoordinate} onShow={() => setShown(form.id)} />
          ))}
        </ul>
      )}
      <Drawer
        open={asking}
        onClose={() => setAsking(false)}
        title={TEXT.ask}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <AskForm incident={incident.id} onDone={() => setAsking(false)} />
      </Drawer>
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={TEXT.formsTitle}
        size="min(760px, 100vw)"
        destroyOnHidden
      >
        {shown !== undefined && <Result id={shown} />}
      </Drawer>
    </section>
  );
}

function Result({ id }: { readonly id: number }): ReactElement {
  return <Resource query={useQuery(formQuery(id))}>{(form) => <ResultTable form={form} />}</Resource>;
}

interface FormRowProps {
  readonly form: Form;
  readonly mayStop: boolean;
  readonly onShow: () => void;
}

function FormRow({ form, mayStop, onShow }: FormRowProps): ReactElement {
  const stopping = useIncidentAct(() => call(incidentRoutes.endForm, { params: { id: form.id } }));
  return (
    <li>
      <span className="incident-part-head">
        <strong>{form.title}</strong>
        <StateTag tone={form.answered < form.asked ? 'waiting' : 'done'}>
          {TEXT.answered(form.answered, form.asked)}
        </StateTag>
        {form.late > 0 && <StateTag tone="late">{TEXT.lateForms(form.late)}</StateTag>}
        <span className="incident-acts">
          <Button size="small" onClick={onShow}>
            {TEXT.result}
          </Button>
          {mayStop && form.nextAt !== null && (
            <Button size="small" loading={stopping.isPending} onClick={() => stopping.mutate(undefined)}>
              {TEXT.stop}
            </Button>
          )}
        </span>
      </span>
      {form.missing.length > 0 && (
        <span className="incident-missing">
          <strong>{TEXT.notAnswered(form.missing.length)}</strong>
          {form.missing.slice(0, MOST_NAMED).join('、')}
          {form.missing.length > MOST_NAMED && TEXT.andMore}
        </span>
      )}
      <small className="quiet">
        {TEXT.round} {form.rounds} · {TEXT.untilShort} <TimeText at={form.until} />
      </small>
    </li>
  );
}
