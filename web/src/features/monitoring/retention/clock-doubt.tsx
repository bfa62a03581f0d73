import { type RetentionClock, retentionRoutes } from '#contract/monitoring';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime } from '../../../app/format.ts';
import { Failure } from '../../../ui/states.tsx';
import { CLOCK_TEXT } from './text.ts';

/** The server's clock has leapt ahead: nothing is deleted until it is put right, or somebody says that it is. */
export function ClockDoubt({
  clock,
  mayConfirm,
}: {
  readonly clock: RetentionClock;
  readonly mayConfirm: boolean;
}): ReactElement | null {
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => call(retentionRoutes.confirmClock, { body: { clock: clock.now } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['monitoring', 'retention'] }),
  });
  const { now, lookedAt, leaptAt, devicesAt } = clock;
  if (leaptAt === null) return null;
  return (
    <section aria-label={CLOCK_TEXT.title} className="retention">
      {confirm.error && <Failure error={confirm.error} />}
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={CLOCK_TEXT.title}
        description={
          <>
            <p>{CLOCK_TEXT.leapt(formatDateTime(lookedAt), formatDateTime(now))}</p>
            <p>{devicesAt === null ? CLOCK_TEXT.noDevices : CLOCK_TEXT.devices(formatDateTime(devicesAt))}</p>
            <p>{CLOCK_TEXT.mend}</p>
            {mayConfirm ? (
              <Popconfirm
                title={CLOCK_TEXT.sure(formatDateTime(now))}
                description={CLOCK_TEXT.sureWhy}
                okText={CLOCK_TEXT.confirm}
                cancelText={CLOCK_TEXT.cancel}
                onConfirm={() => confirm.mutate()}
              >
                <Button loading={confirm.isPending}>{CLOCK_TEXT.confirm}</Button>
              </Popconfirm>
            ) : (
              <p>{CLOCK_TEXT.whoMay}</p>
            )}
          </>
        }
      />
    </section>
  );
}
