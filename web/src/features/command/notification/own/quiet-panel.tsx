import { type NotificationPreference, notificationRoutes } from '#contract/command';
import { App, Button, Checkbox, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../../ui/states.tsx';
import { useAct } from '../../use-act.ts';
import { QUIET_TEXT as TEXT } from './text.ts';

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
const NIGHT = { from: '22:00', to: '07:00' };

/** When I am not disturbed; never of what is red. */
export function QuietPanel({ preference }: { readonly preference: NotificationPreference }): ReactElement {
  const { message } = App.useApp();
  const [on, setOn] = useState(preference.quiet !== null);
  const [hours, setHours] = useState(preference.quiet ?? NIGHT);
  const save = useAct(notificationRoutes.putNotificationPreference, () => void message.success(TEXT.saved));
  const isFaulty = on && (hours.from === hours.to || !CLOCK.test(hours.from) || !CLOCK.test(hours.to));
  return (
    <section className="panel" aria-labelledby="own-quiet">
      <h2 id="own-quiet">{TEXT.title}</h2>
      <div className="panel-body own-body">
        <p className="quiet">{TEXT.rule}</p>
        <Checkbox checked={on} onChange={({ target }) => setOn(target.checked)}>
          {TEXT.on}
        </Checkbox>
        {on && (
          <div className="own-hours">
            <label>
              {TEXT.from}
              <Input
                inputMode="numeric"
                maxLength={5}
                placeholder={NIGHT.from}
                value={hours.from}
                onChange={({ target }) => setHours({ ...hours, from: target.value })}
              />
            </label>
            <label>
              {hours.from > hours.to ? TEXT.overnight : TEXT.to}
              <Input
                inputMode="numeric"
                maxLength={5}
                placeholder={NIGHT.to}
                value={hours.to}
                onChange={({ target }) => setHours({ ...hours, to: target.value })}
              />
            </label>
          </div>
        )}
        {isFaulty && <p className="own-fault">{TEXT.faulty}</p>}
        {save.error && <Failure error={save.error} />}
        <Button
          disabled={isFaulty}
          loading={save.isPending}
          onClick={() => save.mutate({ body: { quiet: on ? hours : null } })}
        >
          {TEXT.save}
        </Button>
      </div>
    </section>
  );
}
