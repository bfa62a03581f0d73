import { DownOutlined } from '@ant-design/icons';
import { commandRoutes, type DutyRoster } from '#contract/command';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';

import { Failure } from '../../ui/states.tsx';
import { HAND_OVER_TEXT } from './text.ts';
import { useAct } from './use-act.ts';

/** Has the system write the hand-over of a seat, and opens it. My own seat, or the only one, needs no choice. */
export function HandOverButton({ duty }: { readonly duty: DutyRoster }): ReactElement {
  const navigate = useNavigate();
  const write = useAct(
    commandRoutes.writeHandover,
    ({ id }) => void navigate({ to: '/command/handover/$id', params: { id: String(id) } }),
  );
  const start = (seat: number): void => write.mutate({ body: { roster: duty.roster.id, seat } });
  const mine = duty.seats.find((seat) => seat.on?.mine === true);
  const only = mine ?? (duty.seats.length === 1 ? duty.seats[0] : undefined);
  return (
    <span className="hand-over">
      {only ? (
        <Button size="small" loading={write.isPending} onClick={() => start(only.seat.id)}>
          {HAND_OVER_TEXT.write}
        </Button>
      ) : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: duty.seats.map(({ seat }) => ({ key: String(seat.id), label: seat.name })),
            onClick: ({ key }) => start(Number(key)),
          }}
        >
          <Button size="small" loading={write.isPending}>
            {HAND_OVER_TEXT.write} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      {write.error && <Failure error={write.error} />}
    </span>
  );
}
