import { drillRoutes, type ShownScript } from '#contract/response';
import { ROLE_TEXT } from '#model/platform';
import { useNavigate } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { useDrillAct } from './queries.ts';
import { TEXT } from './text.ts';

/** A script: its goal, what it does and expects, and the way to start it. */
export function ScriptCard({ script }: { readonly script: ShownScript }): ReactElement {
  const [shown, setShown] = useState(false);
  return (
    <article className="drill-script" aria-label={script.name}>
      <h3>{script.name}</h3>
      <p className="quiet">
        {script.scenarioName} · {TEXT.minutes(script.minutes)}
      </p>
      <p>{script.goal}</p>
      <div className="drill-buttons">
        {script.mayRun && <StartButtons script={script} />}
        <Button type="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? TEXT.close : TEXT.preview}
        </Button>
      </div>
      {shown && <Preview script={script} />}
    </article>
  );
}

function StartButtons({ script }: { readonly script: ShownScript }): ReactElement {
  const navigate = useNavigate();
  const go = (id: number): void => void navigate({ to: '/orders/drills/$id', params: { id: String(id) } });
  const begin = useDrillAct(async (now: boolean) => {
    const { id } = await call(drillRoutes.planDrill, { body: { script: script.code } });
    // It is planned whatever becomes of the start: its page says why it did not begin.
    go(id);
    if (now) await call(drillRoutes.startDrill, { params: { id } });
  });
  return (
    <>
      <Popconfirm
        title={TEXT.sureStart}
        description={TEXT.sureStartWhy}
        okText={TEXT.start}
        cancelText={TEXT.cancel}
        onConfirm={() => begin.mutate(true)}
      >
        <Button type="primary" loading={begin.isPending}>
          {TEXT.start}
        </Button>
      </Popconfirm>
      <Button disabled={begin.isPending} onClick={() => begin.mutate(false)}>
        {TEXT.plan}
      </Button>
      {begin.error && <Failure error={begin.error} />}
    </>
  );
}

function Preview({ script }: { readonly script: ShownScript }): ReactElement {
  return (
    <div className="drill-preview">
      <h4>{TEXT.acts}</h4>
      <ol className="drill-steps">
        {script.acts.map((act) => (
          <li key={`${act.minute} ${act.text}`}>
            <span className="quiet nowrap">{TEXT.minute(act.minute)}</span>{' '}
            {act.kind === 'inject' && <strong>{`${TEXT.inject}（${ROLE_TEXT[act.to]}）：`}</strong>}
            {act.text}
          </li>
        ))}
      </ol>
      <h4>{TEXT.score}</h4>
      <ul className="drill-steps">
        {script.expectations.map((one) => (
          <li key={one.text}>
            {one.text} <span className="quiet figures">{one.points}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
