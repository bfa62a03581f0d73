import './web-push.css';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Switch } from 'antd';
import { type ReactElement, useId } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { WEB_PUSH_TEXT } from './text.ts';
import { pushStanding, switchOff, switchOn } from './web-push.ts';

const KEY = ['command', 'web-push'];

/** Whether this browser is called when there is something to tell. An extra: where it has none of that, it says so and nothing is broken. */
export function WebPushSwitch(): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const { data: standing, error, refetch } = useQuery({ queryKey: KEY, queryFn: pushStanding });
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? switchOn() : switchOff()),
    onSettled: () => client.invalidateQueries({ queryKey: ['command'] }),
  });
  const able = standing === 'on' || standing === 'off';
  return (
    <section className="panel web-push" aria-labelledby={id}>
      <span id={id}>
        {WEB_PUSH_TEXT.title}
        <small className="quiet">
          {standing === undefined ? WEB_PUSH_TEXT.looking : WEB_PUSH_TEXT.standing[standing]}
        </small>
      </span>
      <Switch
        aria-labelledby={id}
        disabled={!able}
        loading={turn.isPending}
        checked={standing === 'on'}
        onChange={(on) => turn.mutate(on)}
      />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {turn.error && <Failure error={turn.error} />}
    </section>
  );
}
