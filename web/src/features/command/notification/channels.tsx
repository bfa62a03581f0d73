import '../../../ui/notifications/notification.css';

import { PlusOutlined } from '@ant-design/icons';
import { type Channel, notificationRoutes } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { useAct } from '../use-act.ts';
import { ChannelForm } from './channel-form.tsx';
import { channelsQuery } from './queries.ts';
import { CHANNEL_TEXT as TEXT } from './text.ts';

/** The channels: how each is, when it last sent and last failed. */
export function Channels(): ReactElement {
  const query = useQuery(channelsQuery);
  const [editing, setEditing] = useState<Channel | 'new'>();
  return (
    <>
      <div className="filters">
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
          {TEXT.add}
        </Button>
      </div>
      <Resource query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={TEXT.none} hint={TEXT.noneHint} />
          ) : (
            <ul className="notifications rows-frame">
              {items.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} onEdit={() => setEditing(channel)} />
              ))}
            </ul>
          )
        }
      </Resource>
      {editing !== undefined && (
        <ChannelForm
          channel={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

function ChannelRow({
  channel,
  onEdit,
}: {
  readonly channel: Channel;
  readonly onEdit: () => void;
}): ReactElement {
  const isDown = channel.condition === 'down';
  return (
    <li className="notification">
      <div className="notification-head">
        <strong>{channel.name}</strong>
        <span>{channel.kindText}</span>
        <span className="quiet">{channel.platform.name}</span>
        <span className={isDown ? 'notification-state notification-trouble' : 'notification-state'}>
          {TEXT.conditions[channel.condition]}
        </span>
      </div>
      <p className="quiet notification-times">
        {TEXT.rate(channel.ratePerMinute)}
        {channel.waiting > 0 && ` · ${TEXT.waiting(channel.waiting)}`}
        {channel.downSince !== null && (
          <>
            {' · '}
            <TimeText at={channel.downSince} /> {TEXT.since}
          </>
        )}
        {channel.lastSentAt !== null && (
          <>
            {` · ${TEXT.lastSent} `}
            <TimeText at={channel.lastSentAt} />
          </>
        )}
        {` · ${TEXT.receipt} ${channel.receiptPath}`}
      </p>
      {channel.lastFailureAt !== null && (
        <p className={isDown ? 'notification-reason' : 'quiet notification-times'}>
          {TEXT.lastFailure} <TimeText at={channel.lastFailureAt} />：{channel.lastFailure}
        </p>
      )}
      {channel.refusedReceiptAt !== null && (
        <p className="notification-reason">
          {TEXT.refused(channel.refusedReceipts)} <TimeText at={channel.refusedReceiptAt} />
        </p>
      )}
      <ChannelActions channel={channel} onEdit={onEdit} />
    </li>
  );
}

function ChannelActions({
  channel: { id, name },
  onEdit,
}: {
  readonly channel: Channel;
  readonly onEdit: () => void;
}): ReactElement {
  const { message, modal } = App.useApp();
  const test = useAct(notificationRoutes.testChannel, () => void message.success(TEXT.tested));
  const remove = useAct(notificationRoutes.removeChannel);
  const error = test.error ?? remove.error;
  return (
    <div className="channel-actions">
      <Button size="small" aria-label={`${TEXT.edit} ${name}`} onClick={onEdit}>
        {TEXT.edit}
      </Button>
      <Button
        size="small"
        aria-label={`${TEXT.test} ${name}`}
        loading={test.isPending}
        onClick={() => test.mutate({ params: { id } })}
      >
        {TEXT.test}
      </Button>
      <Button
        size="small"
        danger
        aria-label={`${TEXT.remove} ${name}`}
        loading={remove.isPending}
        onClick={() =>
          void modal.confirm({
            title: `${TEXT.remove} ${name}`,
            content: TEXT.removeSure,
            okText: TEXT.remove,
            cancelText: '取消',
            onOk: () => remove.mutateAsync({ params: { id } }).catch(() => undefined),
          })
        }
      >
        {TEXT.remove}
      </Button>
      {error && <Failure error={error} />}
    </div>
  );
}
