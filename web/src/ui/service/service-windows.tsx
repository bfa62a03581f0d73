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
  const isOver = one.to !== null && one.to <= now;
  return (
    <tr>
      <td data-label={subject}>
        {one.objectName ?? one.subject}
        <small className="quiet service-small">
          {SERVICE_TEXT.subjects[one.subjectKind]} <span className="code">{one.subject}</span>
          {one.sign && ` · ${SERVICE_TEXT.ofSign(one.sign.name)}`}
        </small>
      </td>
      <td data-label={kind}>{SERVICE_KIND_TEXT[one.kind]}</td>
      <td data-label={span}>
        {formatDateTime(one.from)} – {one.to === null ? SERVICE_TEXT.noEnd : formatDateTime(one.to)}{' '}
        <span className="tags">
          <StateTag tone={isOver ? 'done' : one.from <= now ? 'active' : 'quiet'}>
            {isOver ? SERVICE_TEXT.over : one.from <= now ? SERVICE_TEXT.running : SERVICE_TEXT.coming}
          </StateTag>
          {!isOver && one.reviewDue !== null && <ReviewDue due={one.reviewDue} now={now} />}
        </span>
      </td>
      <td data-label={reason}>
        {one.reason}
        {!isOver && one.standing > 0 && (
          <small className="quiet service-small">{SERVICE_TEXT.standing(one.standing)}</small>
        )}
      </td>
      <td data-label={made}>
        {SERVICE_TEXT.madeBy(one.madeBy, one.owner)}
        {one.reviewedBy !== null && (
          <small className="quiet service-small">{SERVICE_TEXT.reviewed(one.reviewedBy)}</small>
        )}
      </td>
      <td data-label={act}>{!isOver && mayManage && <Acts window={one} />}</td>
    </tr>
  );
}

function ReviewDue({ due, now }: { readonly due: number; readonly now: number }): ReactElement {
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
          hint={SERVICE_TEXT.putBackHint(one.standing)}
          pending={end.isPending}
          error={end.error}
          onSend={({ reason }) => end.mutate({ id, version, reason }, { onSuccess: close })}
        />
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
          hint={SERVICE_TEXT.reviewHint}
          pending={review.isPending}
          error={review.error}
          onSend={({ reason }) => review.mutate({ id, version, reason }, { onSuccess: close })}
        />
      </Modal>
    </span>
  );
}
