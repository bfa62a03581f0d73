import type { Webhook, WebhookDelivery } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime, formatNumber } from '../../../app/format.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import {
  deliveriesQuery,
  usePauseWebhook,
  useRemoveWebhook,
  useResend,
  webhooksQuery,
} from './webhook-queries.ts';
import { WebhookDrawer } from './webhook-drawer.tsx';
import { DELIVERY_TEXT, WEBHOOK_TEXT } from './webhook-text.ts';

/** Who is sent what, what waits, and what could not be delivered. */
export function Webhooks(): ReactElement {
  const query = useInfiniteQuery(webhooksQuery);
  const [opening, setOpening] = useState(false);
  const [shown, setShown] = useState<Webhook>();
  const removing = useRemoveWebhook();
  const pausing = usePauseWebhook();
  return (
    <section className="tab-section" aria-labelledby="webhooks">
      <h2 id="webhooks">{WEBHOOK_TEXT.heading}</h2>
      <div className="filters">
        <p className="quiet">{WEBHOOK_TEXT.intro}</p>
        <Button onClick={() => setOpening(true)}>{WEBHOOK_TEXT.open}</Button>
      </div>
      {removing.error && <Failure error={removing.error} />}
      {pausing.error && <Failure error={pausing.error} />}
      <CardsTable
        query={query}
        columns={WEBHOOK_TEXT.columns}
        empty={{ title: WEBHOOK_TEXT.none, hint: WEBHOOK_TEXT.noneHint }}
      >
        {(webhook) => (
          <WebhookRow
            key={webhook.id}
            webhook={webhook}
            onShow={() => setShown(webhook)}
            onPause={() => pausing.mutate({ id: webhook.id, isPaused: webhook.pausedAt !== null })}
            onRemove={() => removing.mutate(webhook.id)}
          />
        )}
      </CardsTable>
      <WebhookDrawer open={opening} onClose={() => setOpening(false)} />
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="min(720px, 100vw)"
        title={shown && DELIVERY_TEXT.title(shown.name)}
        destroyOnHidden
      >
        {shown && <Deliveries id={shown.id} />}
      </Drawer>
    </section>
  );
}

interface WebhookRowProps {
  readonly webhook: Webhook;
  readonly onShow: () => void;
  /** Pauses, or resumes what is paused. */
  readonly onPause: () => void;
  readonly onRemove: () => void;
}

function WebhookRow({ webhook, onShow, onPause, onRemove }: WebhookRowProps): ReactElement {
  const [name, what, waiting, dead, last] = WEBHOOK_TEXT.columns;
  const { grant } = webhook;
  return (
    <tr>
      <td data-label={name}>
        <strong>{webhook.name}</strong> <Paused webhook={webhook} />
        <div className="quiet code">{webhook.url}</div>
      </td>
      <td data-label={what}>
        {grant && <div>{WEBHOOK_TEXT.readings(grant.item, grant.unit)}</div>}
        {webhook.warnings && <div>{`${webhook.platform.name}${WEBHOOK_TEXT.warnings}`}</div>}
      </td>
      <td data-label={waiting}>
        {formatNumber(webhook.waiting)}
        {webhook.failure !== null && <div className="quiet">{webhook.failure}</div>}
      </td>
      <td data-label={dead}>
        {webhook.dead === 0 ? 0 : <StateTag tone="late">{formatNumber(webhook.dead)}</StateTag>}
      </td>
      <td data-label={last} className="nowrap">
        {webhook.lastDeliveredAt === null ? (
          <span className="quiet">{WEBHOOK_TEXT.never}</span>
        ) : (
          formatDateTime(webhook.lastDeliveredAt)
        )}
      </td>
      <td className="nowrap">
        <Button size="small" onClick={onShow}>
          {WEBHOOK_TEXT.deliveries}
        </Button>{' '}
        <Button size="small" onClick={onPause}>
          {webhook.pausedAt === null ? WEBHOOK_TEXT.pause : WEBHOOK_TEXT.resume}
        </Button>{' '}
        <Popconfirm
          title={WEBHOOK_TEXT.removeSure}
          description={WEBHOOK_TEXT.removeWhy}
          okText={WEBHOOK_TEXT.remove}
          cancelText={WEBHOOK_TEXT.keep}
          onConfirm={onRemove}
        >
          <Button size="small">{WEBHOOK_TEXT.remove}</Button>
        </Popconfirm>
      </td>
    </tr>
  );
}

/** That it stands still, since when and why. */
function Paused({ webhook }: { readonly webhook: Webhook }): ReactElement | null {
  const { pausedAt, pausedBy, pauseReason } = webhook;
  if (pausedAt === null) return null;
  const at = formatDateTime(pausedAt);
  return (
    <>
      <StateTag tone={pausedBy === null ? 'late' : 'quiet'}>
        {pausedBy === null ? WEBHOOK_TEXT.pausedItself : WEBHOOK_TEXT.paused}
      </StateTag>
      <div className="quiet">
        {pausedBy === null ? at : WEBHOOK_TEXT.pausedBy(pausedBy, at)}
        {pauseReason !== null && ` · ${pauseReason}`}
      </div>
      <div className="quiet">{WEBHOOK_TEXT.resumeHint}</div>
    </>
  );
}

function Deliveries({ id }: { readonly id: number }): ReactElement {
  const query = useInfiniteQuery(deliveriesQuery(id));
  const resending = useResend();
  return (
    <>
      {resending.error && <Failure error={resending.error} />}
      <CardsTable query={query} columns={DELIVERY_TEXT.columns} empty={{ title: DELIVERY_TEXT.none }}>
        {(delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onResend={() => resending.mutate(delivery.id)} />
        )}
      </CardsTable>
    </>
  );
}

const TONES = { waiting: 'waiting', delivered: 'done', dead: 'late' } as const;

interface DeliveryRowProps {
  readonly delivery: WebhookDelivery;
  readonly onResend: () => void;
}

function DeliveryRow({ delivery, onResend }: DeliveryRowProps): ReactElement {
  const [id, what, state, attempts] = DELIVERY_TEXT.columns;
  return (
    <tr>
      <td data-label={id}>
        <span className="code">{delivery.messageId}</span>
        <div className="quiet">{formatDateTime(delivery.createdAt)}</div>
      </td>
      <td data-label={what}>
        {delivery.kind === 'warning'
          ? DELIVERY_TEXT.warning
          : DELIVERY_TEXT.readings(formatNumber(delivery.readings))}
      </td>
      <td data-label={state}>
        <StateTag tone={TONES[delivery.state]}>{DELIVERY_TEXT.states[delivery.state]}</StateTag>
        {delivery.failure !== null && <div className="quiet">{delivery.failure}</div>}
      </td>
      <td data-label={attempts}>{DELIVERY_TEXT.attempts(formatNumber(delivery.attempts))}</td>
      <td>
        <Button size="small" onClick={onResend}>
          {DELIVERY_TEXT.resend}
        </Button>
      </td>
    </tr>
  );
}
