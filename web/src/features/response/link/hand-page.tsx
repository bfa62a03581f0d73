import { EnvironmentOutlined, PhoneOutlined } from '@ant-design/icons';
import type { HandOrder } from '#contract/response';
import { useLocation } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useEffect, useId, useState } from 'react';

import { formatDateTime, formatSpot } from '../../../app/format.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { HandPhotoStrip } from './hand-photo-strip.tsx';
import { HAND_PAGE_TEXT as TEXT } from './text.ts';
import { useHandOrder } from './use-hand-order.ts';
import { useHandPhotos } from './use-hand-photos.ts';
import '../work.css';
import './hand.css';

/** 一次性链接: one order for somebody without an account, and nothing else. The token stands behind `#`, in no request's address. */
export function HandPage(): ReactElement {
  const token = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    document.title = TEXT.heading;
  }, []);
  return (
    <main className="hand-page">
      {/^[\w-]{43}$/u.test(token) ? (
        <Opened key={token} token={token} />
      ) : (
        <Alert type="error" showIcon role="alert" title={TEXT.broken} />
      )}
    </main>
  );
}

function Opened({ token }: { readonly token: string }): ReactElement {
  const [told, setTold] = useState(0);
  const work = useHandOrder(token, () => setTold((times) => times + 1));
  return (
    <Resource query={work.query}>
      {(order) => (
        <>
          <Facts order={order} />
          <Tell key={told} order={order} told={told > 0} work={work} />
          <Said order={order} />
        </>
      )}
    </Resource>
  );
}

function Facts({ order }: { readonly order: HandOrder }): ReactElement {
  const { object, callPhone } = order;
  return (
    <>
      <header>
        <p className="quiet">
          {TEXT.heading} · {TEXT.forPerson(order.person, order.handUnit)}
        </p>
        <h1>
          {object.name} <LevelTag level={order.level} />
        </h1>
        <p>
          {order.item} · <span className="figures quiet">{order.code}</span>
        </p>
      </header>
      <section className="panel panel-body">
        <h2>{TEXT.where}</h2>
        <p>
          <EnvironmentOutlined aria-hidden /> {object.town ?? ''} {object.name}{' '}
          <span className="figures quiet spot">{formatSpot(object)}</span>
        </p>
        <p>
          {TEXT.accountable}：{order.accountable ?? TEXT.nobody}（{order.unit}）
        </p>
        {callPhone !== null && (
          <a className="hand-call" href={`tel:${callPhone}`}>
            <PhoneOutlined aria-hidden /> {TEXT.call(callPhone)}
          </a>
        )}
        <p className="quiet">{TEXT.until(formatDateTime(order.until))}</p>
      </section>
      <section className="panel panel-body">
        <h2>{TEXT.what}</h2>
        {order.told !== null && <p>{order.told}</p>}
        <ol>
          {order.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </>
  );
}

interface TellProps {
  readonly order: HandOrder;
  /** Whether something was told just now. */
  readonly told: boolean;
  readonly work: ReturnType<typeof useHandOrder>;
}

function Tell({ order, told, work }: TellProps): ReactElement {
  const id = useId();
  const [note, setNote] = useState('');
  const [needsNote, setNeedsNote] = useState(false);
  const photos = useHandPhotos(order.id);
  const sending = photos.all.some((photo) => photo.id === null && photo.fault === null);
  const ids = photos.all.flatMap((photo) => (photo.id === null ? [] : [photo.id]));
  const act = (action: Parameters<typeof work.act>[0]): void => {
    const asks = action === 'feed-back' || action === 'cannot';
    setNeedsNote(asks && note.trim() === '');
    if (asks && note.trim() === '') document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
    else work.act(action, { note: note.trim(), photos: ids });
  };
  const button = { size: 'large', block: true, disabled: sending || work.pending !== undefined } as const;
  return (
    <section className="panel panel-body hand-tell">
      {told && <Alert type="success" showIcon role="status" title={TEXT.sent} />}
      {order.outcome !== null && <Alert type="info" showIcon title={TEXT.finished[order.outcome]} />}
      {order.arrivedAt === null && order.outcome === null && (
        <Button {...button} type="primary" loading={work.pending === 'arrive'} onClick={() => act('arrive')}>
          {TEXT.arrive}
        </Button>
      )}
      <label htmlFor={id}>{TEXT.note}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={1000}
        placeholder={TEXT.noteHint}
        value={note}
        {...(needsNote ? { status: 'error' as const, 'aria-describedby': `${id}-first` } : {})}
        onChange={({ target }) => setNote(target.value)}
      />
      {needsNote && (
        <p id={`${id}-first`} role="alert" className="hand-fault">
          {TEXT.noteFirst}
        </p>
      )}
      <HandPhotoStrip photos={photos} />
      {work.error && <Failure error={work.error} />}
      <Button {...button} loading={work.pending === 'feed-back'} onClick={() => act('feed-back')}>
        {TEXT.feedBack}
      </Button>
      {order.outcome === null && (
        <div className="hand-outcome">
          <Button {...button} type="primary" loading={work.pending === 'done'} onClick={() => act('done')}>
            {TEXT.done}
          </Button>
          <Button {...button} danger loading={work.pending === 'cannot'} onClick={() => act('cannot')}>
            {TEXT.cannot}
          </Button>
        </div>
      )}
    </section>
  );
}

function Said({ order }: { readonly order: HandOrder }): ReactElement {
  return (
    <section className="panel panel-body">
      <h2>{TEXT.said}</h2>
      <ul className="hand-said">
        {order.said.map((one) => (
          <li key={`${one.at}-${one.text}`}>
            <span className="quiet figures">{formatDateTime(one.at)}</span> {one.text}
            {one.note !== null && <p>{one.note}</p>}
            {one.photos > 0 && <small className="quiet">{TEXT.photos(one.photos)}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
