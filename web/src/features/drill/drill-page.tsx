import { type DrillDetail, drillRoutes } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, Button, Input, Popconfirm } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { ORDER_SECTIONS } from '../../app/order-sections.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Failure, Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { DrillActs, DrillLines, DrillOrders } from './drill-parts.tsx';
import { DrillStateTag } from './drill-state.tsx';
import { drillQuery, useDrillAct } from './queries.ts';
import { TEXT } from './text.ts';
import './drill.css';

/** One drill: while it runs what comes and what people do, afterwards the score and the review. */
export function DrillPage(): ReactElement {
  const { id } = useParams({ from: '/desk/orders/drills/$id' });
  const query = useQuery(drillQuery(Number(id)));
  return (
    <div className="drills">
      <Resource query={query} rows={8}>
        {(drill) => <Drill drill={drill} />}
      </Resource>
    </div>
  );
}

function Drill({ drill }: { readonly drill: DrillDetail }): ReactElement {
  const isRunning = drill.state === 'running';
  return (
    <>
      <PageHead
        title={drill.name}
        tags={<DrillStateTag state={drill.state} />}
        hint={drill.goal}
        extra={drill.mayRun && drill.state === 'planned' ? <StartButton drill={drill} /> : undefined}
      />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <p>
        {drill.scenarioName}
        {isRunning && drill.endsAt !== null && (
          <>
            {' '}
            · {TEXT.until} <TimeText at={drill.endsAt} whole />
          </>
        )}
      </p>
      {isRunning && drill.session === null && <Alert type="info" showIcon title={TEXT.opening} />}
      {drill.abortReason !== null && (
        <Alert type="warning" showIcon title={TEXT.aborted(drill.abortedBy, drill.abortReason)} />
      )}
      {drill.score !== null && (
        <p className="drill-score">
          {isRunning ? TEXT.soFar : TEXT.score} <strong className="figures">{drill.score}</strong>
          <span className="quiet"> / 100</span>
        </p>
      )}
      <DrillLines lines={drill.lines} />
      <Review drill={drill} />
      <DrillActs acts={drill.acts} />
      <DrillOrders orders={drill.orders} />
      {drill.mayRun && isRunning && <Abort id={drill.id} />}
    </>
  );
}

function StartButton({ drill: { id } }: { readonly drill: DrillDetail }): ReactElement {
  const start = useDrillAct(() => call(drillRoutes.startDrill, { params: { id } }));
  return (
    <>
      <Popconfirm
        title={TEXT.sureStart}
        description={TEXT.sureStartWhy}
        okText={TEXT.start}
        cancelText={TEXT.cancel}
        onConfirm={() => start.mutate(undefined)}
      >
        <Button type="primary" loading={start.isPending}>
          {TEXT.start}
        </Button>
      </Popconfirm>
      {start.error && <Failure error={start.error} />}
    </>
  );
}

function Abort({ id }: { readonly id: number }): ReactElement {
  const abort = useDrillAct((reason: string) =>
    call(drillRoutes.abortDrill, { params: { id }, body: { reason } }),
  );
  return (
    <section aria-label={TEXT.abort} className="drill-abort">
      <h2>{TEXT.abort}</h2>
      <ReasonForm
        send={TEXT.abort}
        label={TEXT.abortReason}
        pending={abort.isPending}
        error={abort.error}
        onSend={(reason) => abort.mutate(reason)}
      />
    </section>
  );
}

function Review({ drill }: { readonly drill: DrillDetail }): ReactElement | null {
  const { state, review, assessedBy, mayRun, id } = drill;
  if (review !== null)
    return (
      <section aria-label={TEXT.review}>
        <h2>{TEXT.review}</h2>
        <p className="drill-review">{review}</p>
        <p className="quiet">{assessedBy !== null && TEXT.by(assessedBy)}</p>
      </section>
    );
  if (!mayRun || (state !== 'ended' && state !== 'aborted')) return null;
  return <ReviewForm id={id} />;
}

function ReviewForm({ id }: { readonly id: number }): ReactElement {
  const [text, setText] = useState('');
  const field = useId();
  const assess = useDrillAct((review: string) =>
    call(drillRoutes.assessDrill, { params: { id }, body: { review } }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        assess.mutate(text.trim());
      }}
    >
      <h2>
        <label htmlFor={field}>{TEXT.review}</label>
      </h2>
      <p className="quiet">{TEXT.reviewHint}</p>
      <Input.TextArea
        id={field}
        required
        minLength={10}
        maxLength={4000}
        rows={4}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {assess.error && <Failure error={assess.error} />}
      <Button type="primary" htmlType="submit" loading={assess.isPending} className="drill-send">
        {TEXT.saveReview}
      </Button>
    </form>
  );
}
