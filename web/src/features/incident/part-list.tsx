import { type IncidentDetail, incidentRoutes } from '#contract/response';
import { Button, Checkbox, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { CallPartButton } from './call-part.tsx';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';

type Part = IncidentDetail['parts'][number];

/** 参与单位: who has not answered first; each closed or waived before a large loop may close. */
export function PartList({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const { parts, figures, mayCoordinate } = incident;
  const [acting, setActing] = useState<{ readonly part: Part; readonly act: 'answer' | 'waive' }>();
  const done = (): void => setActing(undefined);
  return (
    <section className="panel" aria-label={TEXT.partsTitle}>
      <div className="panel-head">
        <h2>
          {TEXT.partsTitle}{' '}
          {figures.unanswered > 0 && <StateTag tone="late">{TEXT.unanswered(figures.unanswered)}</StateTag>}
        </h2>
        {mayCoordinate && <CallPartButton incident={incident.id} />}
      </div>
      {figures.parts === 0 && <p className="quiet panel-body">{TEXT.partsNone}</p>}
      <ul className="panel-body incident-parts">
        {parts.map((part) => (
          <li key={part.id} data-waiting={part.state === 'open' && part.answeredAt === null}>
            <span className="incident-part-head">
              <strong>{part.unit}</strong> <PartState part={part} />
              <span className="incident-acts">
                {part.mayAnswer && (
                  <Button size="small" onClick={() => setActing({ part, act: 'answer' })}>
                    {TEXT.answer}
                  </Button>
                )}
                {part.mayWaive && (
                  <Button size="small" onClick={() => setActing({ part, act: 'waive' })}>
                    {TEXT.waive}
                  </Button>
                )}
              </span>
            </span>
            <PartWords part={part} />
          </li>
        ))}
      </ul>
      {figures.parts > parts.length && (
        <p className="quiet panel-body">{TEXT.partsHidden(figures.parts - parts.length)}</p>
      )}
      <Drawer
        open={acting !== undefined}
        onClose={done}
        title={acting && `${acting.part.unit} · ${acting.act === 'answer' ? TEXT.answer : TEXT.waive}`}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        {acting?.act === 'answer' && <AnswerForm part={acting.part} onDone={done} />}
        {acting?.act === 'waive' && <WaiveForm part={acting.part} onDone={done} />}
      </Drawer>
    </section>
  );
}

function PartState({ part }: { readonly part: Part }): ReactElement {
  if (part.state === 'closed') return <StateTag tone="done">{TEXT.partClosed}</StateTag>;
  if (part.state === 'waived') return <StateTag tone="quiet">{TEXT.partWaived}</StateTag>;
  return part.answeredAt === null ? (
    <StateTag tone="waiting">{TEXT.partWaiting}</StateTag>
  ) : (
    <StateTag tone="active">{TEXT.partOpen}</StateTag>
  );
}

function PartWords({ part }: { readonly part: Part }): ReactElement {
  const words = part.reason ?? part.answer ?? part.told;
  const at = part.endedAt ?? part.answeredAt ?? part.askedAt;
  const by = part.endedBy ?? part.answeredBy;
  return (
    <small className="quiet">
      {words} · {by !== null && `${by} `}
      <TimeText at={at} />
    </small>
  );
}

interface FormProps {
  readonly part: Part;
  readonly onDone: () => void;
}

function AnswerForm({ part, onDone }: FormProps): ReactElement {
  const [done, setDone] = useState(false);
  const answering = useIncidentAct(
    (text: string) => call(incidentRoutes.answerPart, { params: { id: part.id }, body: { text, done } }),
    onDone,
  );
  return (
    <ReasonForm
      send={TEXT.answer}
      label={TEXT.answerText}
      pending={answering.isPending}
      error={answering.error}
      onSend={(text) => answering.mutate(text)}
    >
      <p className="quiet">{part.told}</p>
      <Checkbox checked={done} onChange={({ target }) => setDone(target.checked)}>
        {TEXT.done}
      </Checkbox>
    </ReasonForm>
  );
}

function WaiveForm({ part, onDone }: FormProps): ReactElement {
  const waiving = useIncidentAct(
    (reason: string) => call(incidentRoutes.waivePart, { params: { id: part.id }, body: { reason } }),
    onDone,
  );
  return (
    <ReasonForm
      send={TEXT.waive}
      label={TEXT.reason}
      pending={waiving.isPending}
      error={waiving.error}
      onSend={(reason) => waiving.mutate(reason)}
    />
  );
}
