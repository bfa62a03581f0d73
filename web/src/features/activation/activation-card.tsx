import { type Activation, activationRoutes } from '#contract/response';
import { ACTIVATION_GRADE_TEXT, ACTIVATION_GRADES, type ActivationGrade } from '#model/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Drawer, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { Failure } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { Course } from './course.tsx';
import { MeasuresForm } from './measures-form.tsx';
import { TEXT } from './text.ts';

type Act = 'measures' | 'grade' | 'end' | 'course';

const TITLES: Readonly<Record<Act, string>> = {
  measures: TEXT.editMeasures,
  grade: TEXT.change,
  end: TEXT.end,
  course: TEXT.course,
};

/** One response in force: its grade, what it obliges and how far that is. */
export function ActivationCard({ activation }: { readonly activation: Activation }): ReactElement {
  const [act, setAct] = useState<Act>();
  const { measures, mayDecide, towns, incident } = activation;
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (changed: string) =>
      call(activationRoutes.putMeasures, {
        params: { id: activation.id },
        body: {
          version: activation.version,
          measures: measures.map(({ text, unit, doneAt }) => ({
            text,
            unit,
            done: text === changed ? doneAt === null : doneAt !== null,
          })),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['activation'] }),
  });
  return (
    <section className="panel">
      <div className="panel-head activation-head">
        <h2>
          {activation.platform} · {activation.planName} {activation.gradeText}
        </h2>
        <span className="quiet">
          {TEXT.since} <TimeText at={activation.startedAt} whole /> · {activation.startedBy} ·{' '}
          {activation.ground}
          {towns.length > 0 && ` · ${TEXT.towns} ${towns.join('、')}`}
          {incident && (
            <>
              {' '}
              · {TEXT.incident}{' '}
              <Link to="/orders/incidents/$id" params={{ id: String(incident.id) }} className="figures">
                {incident.code}
              </Link>
            </>
          )}
        </span>
        <span className="activation-head">
          {mayDecide && (
            <>
              <Button onClick={() => setAct('measures')}>{TEXT.editMeasures}</Button>
              <Button onClick={() => setAct('grade')}>{TEXT.change}</Button>
              <Button onClick={() => setAct('end')}>{TEXT.end}</Button>
            </>
          )}
          <Button onClick={() => setAct('course')}>{TEXT.course}</Button>
        </span>
      </div>
      <div className="activation-measures">
        <strong>
          {TEXT.measures} · {TEXT.done(measures.filter((one) => one.doneAt !== null).length, measures.length)}
        </strong>
        {measures.map(({ text, unit, doneAt, doneBy }) => (
          <Checkbox
            key={text}
            checked={doneAt !== null}
            disabled={!mayDecide || save.isPending}
            onChange={() => save.mutate(text)}
          >
            {text}{' '}
            <small className="quiet">
              {unit}
              {doneBy !== null && ` · ${doneBy}`}
            </small>
          </Checkbox>
        ))}
        {save.error && <Failure error={save.error} />}
      </div>
      <Drawer
        open={act !== undefined}
        onClose={() => setAct(undefined)}
        title={act && TITLES[act]}
        size="min(560px, 100vw)"
        destroyOnHidden
      >
        <ActForm act={act} activation={activation} onDone={() => setAct(undefined)} />
      </Drawer>
    </section>
  );
}

interface ActFormProps {
  readonly act: Act | undefined;
  readonly activation: Activation;
  readonly onDone: () => void;
}

function ActForm({ act, activation, onDone }: ActFormProps): ReactElement | null {
  if (act === undefined) return null;
  if (act === 'course') return <Course id={activation.id} />;
  if (act === 'measures') return <MeasuresForm activation={activation} onDone={onDone} />;
  return <ChangeForm activation={activation} ends={act === 'end'} onDone={onDone} />;
}

interface ChangeFormProps {
  readonly activation: Activation;
  readonly ends: boolean;
  readonly onDone: () => void;
}

function ChangeForm({ activation, ends, onDone }: ChangeFormProps): ReactElement {
  const others = ACTIVATION_GRADES.filter((one) => one !== activation.grade);
  const [grade, setGrade] = useState<ActivationGrade>(others[0] ?? 'I');
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (reason: string) =>
      call(activationRoutes.changeActivation, {
        params: { id: activation.id },
        body: { reason, version: activation.version, ...(ends ? {} : { grade }) },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['activation'] });
      onDone();
    },
  });
  return (
    <ReasonForm
      send={ends ? TEXT.end : TEXT.change}
      label={TEXT.reason}
      pending={change.isPending}
      error={change.error}
      onSend={(reason) => change.mutate(reason)}
    >
      {!ends && (
        <Segmented<ActivationGrade>
          aria-label={TEXT.grade}
          value={grade}
          onChange={setGrade}
          options={others.map((value) => ({ value, label: ACTIVATION_GRADE_TEXT[value] }))}
        />
      )}
    </ReasonForm>
  );
}
