import type { ServiceWindow } from '#contract/monitoring';
import { SERVICE_KIND_TEXT } from '#model/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime, formatShort } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { CardsTable } from '../cards-table.tsx';
import { ReasonForm } from '../reason-form.tsx';
import { StateTag } from '../state-tag.tsx';
import { useEndWindow, useReviewWindow, windowsQuery } from './queries.ts';
import { ServiceForm } from './service-form.tsx';
import { SERVICE_TEXT } from './text.ts';

/** 停用与检修: what is not listened to, by whom, until when; and how it is announced, reviewed and put back. */
export function ServiceWindows({ onlyOut = false }: { readonly onlyOut?: boolean }): ReactElement {
  const mayManage = useCan('device.manage');
  const query = useInfiniteQuery(windowsQuery(onlyOut));
  const [making, setMaking] = useState(false);
  const title = onlyOut ? SERVICE_TEXT.out : SERVICE_TEXT.windows;
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title}
        {mayManage && (
          <Button onClick={() => setMaking(true)}>
            {onlyOut ? SERVICE_TEXT.takeOut : SERVICE_TEXT.make}
          </Button>
        )}
      </h2>
      <CardsTable
        query={query}
        columns={SERVICE_TEXT.columns}
        empty={
          onlyOut
            ? { title: SERVICE_TEXT.noneOut, hint: SERVICE_TEXT.noneOutHint }
            : { title: SERVICE_TEXT.none }
        }
      >
        {(one) => <WindowLine key={one.id} window={one} mayManage={mayManage} />}
      </CardsTable>
      <ServiceForm open={making} onlyOut={onlyOut} onClose={() => setMaking(false)} />
    </section>
  );
}

interface LineProps {
  readonly window: ServiceWindow;
  readonly mayManage: boolean;
}

function WindowLine({ window: one, mayManage }: LineProps): ReactElement {
  const now = useNow(30_000);
  const [subject, kind, span, reason, made, act] = SERVICE_TEXT.columns;
  const phase = phaseOf(one, now);
  const { standing, reviewedBy } = one;
  return (
    <tr>
      <td data-label={subject}>
        <Subject window={one} />
      </td>
      <td data-label={kind}>{SERVICE_KIND_TEXT[one.kind]}</td>
      <td data-label={span}>
        {formatDateTime(one.from)} – {one.to === null ? SERVICE_TEXT.noEnd : formatDateTime(one.to)}{' '}
        <span className="tags">
          <StateTag tone={PHASE_TONE[phase]}>{SERVICE_TEXT[phase]}</StateTag>
          {phase !== 'over' && <ReviewDue due={one.reviewDue} now={now} />}
        </span>
      </td>
      <td data-label={reason}>
        {one.reason}
        <Small text={phase === 'over' || standing === 0 ? null : SERVICE_TEXT.standing(standing)} />
      </td>
      <td data-label={made}>
        {SERVICE_TEXT.madeBy(one.madeBy, one.owner)}
        <Small text={reviewedBy === null ? null : SERVICE_TEXT.reviewed(reviewedBy)} />
      </td>
      <td data-label={act}>{phase !== 'over' && mayManage && <Acts window={one} />}</td>
    </tr>
  );
}

const PHASE_TONE = { over: 'done', running: 'active', coming: 'quiet' } as const;

function phaseOf({ from, to }: ServiceWindow, now: number): keyof typeof PHASE_TONE {
  if (to !== null && to <= now) return 'over';
  return from <= now ? 'running' : 'coming';
}

function Subject({ window: one }: { readonly window: ServiceWindow }): ReactElement {
  return (
    <>
      {one.objectName ?? one.subject}
      <small className="quiet service-small">
        {SERVICE_TEXT.subjects[one.subjectKind]} <span className="code">{one.subject}</span>
        {one.sign && ` · ${SERVICE_TEXT.ofSign(one.sign.name)}`}
      </small>
    </>
  );
}

function Small({ text }: { readonly text: string | null }): ReactElement | null {
  return text === null ? null : <small className="quiet service-small">{text}</small>;
}

interface ReviewDueProps {
  /** Null: it needs no review. */
  readonly due: number | null;
  readonly now: number;
}

function ReviewDue({ due, now }: ReviewDueProps): ReactElement | null {
  if (due === null) return null;
  return due <= now ? (
    <StateTag tone="late">{SERVICE_TEXT.late}</StateTag>
  ) : (
    <StateTag tone="quiet">{SERVICE_TEXT.due(formatShort(due, now))}</StateTag>
  );
}

function Acts({ window: one }: { readonly window: ServiceWindow }): ReactElement {
  const [asking, setAsking] = useState<'end' | 'review'>();
  const end = useEndWindow();
  const review = useReviewWindow();
  const close = (): void => setAsking(undefined);
  const isOut = one.kind === 'out-of-service';
  const endText = isOut ? SERVICE_TEXT.putBack : SERVICE_TEXT.end;
  const { id, version } = one;
  return (
    <span className="tags">
      {isOut && (
        <Button size="small" onClick={() => setAsking('review')}>
          {SERVICE_TEXT.review}
        </Button>
      )}
      <Button size="small" onClick={() => setAsking('end')}>
        {endText}
      </Button>
      <Modal open={asking === 'end'} onCancel={close} title={endText} footer={null} destroyOnHidden>
        <ReasonForm
          send={endText}
          label={SERVICE_TEXT.why}
          pending={end.isPending}
          error={end.error}
          onSend={(reason) => end.mutate({ id, version, reason }, { onSuccess: close })}
        >
          <p className="quiet">{SERVICE_TEXT.putBackHint(one.standing)}</p>
        </ReasonForm>
      </Modal>
      <Modal
        open={asking === 'review'}
        onCancel={close}
        title={SERVICE_TEXT.review}
        footer={null}
        destroyOnHidden
      >
        <ReasonForm
          send={SERVICE_TEXT.review}
          label={SERVICE_TEXT.why}
          pending={review.isPending}
          error={review.error}
          onSend={(reason) => review.mutate({ id, version, reason }, { onSuccess: close })}
        >
          <p className="quiet">{SERVICE_TEXT.reviewHint}</p>
        </ReasonForm>
      </Modal>
    </span>
  );
}
