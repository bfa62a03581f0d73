import type { WorkOrderDetail } from '#contract/response';
import { chaseRoutes } from '#contract/response';
import type { EscalationChannel } from '#model/standard';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { formatDuration } from '../../app/format.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { orderQuery } from './queries.ts';
import { TEXT } from './text.ts';

export const CHANNEL_TEXT: Readonly<Record<EscalationChannel, string>> = {
  push: '推送',
  sms: '短信',
  voice: '语音电话',
};

interface NextCallProps {
  readonly order: WorkOrderDetail;
  readonly now: number | undefined;
}

/** Who is told next when nothing happens: when, by what, in words and by name; and what waits to be acknowledged. */
export function NextCall({ order, now }: NextCallProps): ReactElement {
  const { nextCall: next, callees, escalation } = order;
  return (
    <>
      {escalation !== null && <Escalation order={order.id} {...escalation} />}
      <p className="next-reminder">
        {next === null ? (
          <span className="quiet">{TEXT.noNext}</span>
        ) : (
          <>
            {TEXT.next} <strong>{callees.map(named).join('、') || next.to}</strong>：<TimeText at={next.at} />
            {now !== undefined && next.at > now && (
              <span className="quiet">（{formatDuration(next.at - now)}后）</span>
            )}{' '}
            · {next.channels.map((channel) => CHANNEL_TEXT[channel]).join('、')} · {next.reason}
          </>
        )}
      </p>
    </>
  );
}

function named({ text, names }: WorkOrderDetail['callees'][number]): string {
  return names.length === 0 ? text : `${text} ${names.join('、')}`;
}

interface EscalationProps {
  readonly order: number;
  readonly text: string;
  readonly at: number;
  readonly until: number;
}

function Escalation({ order, text, at, until }: EscalationProps): ReactElement {
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => call(chaseRoutes.acknowledgeEscalation, { params: { id: order } }),
    onSuccess: (answer) => client.setQueryData(orderQuery(order).queryKey, answer),
  });
  return (
    <Alert
      type="warning"
      showIcon
      title={text}
      description={
        <>
          <TimeText at={at} /> 发出；
          <TimeText at={until} /> 前没有人签收，就提前上报一级。
          {acknowledge.error && <span role="alert">{acknowledge.error.message}</span>}
        </>
      }
      action={
        <Button type="primary" loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          {TEXT.acknowledgeEscalation}
        </Button>
      }
    />
  );
}
