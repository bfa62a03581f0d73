import { type NotificationPreference, notificationRoutes, type OwnWay } from '#contract/command';
import { App, Button, Checkbox } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../../ui/states.tsx';
import { useAct } from '../../use-act.ts';
import { AddressForm } from './address-form.tsx';
import { WAY_TEXT as TEXT } from './text.ts';

const CHANGED_HERE: ReadonlySet<OwnWay['kind']> = new Set(['wecom', 'dingtalk', 'mail']);

/** The ways by which I am told, each with where it goes, how its channel is, and a test of it. */
export function WayPanel({ preference }: { readonly preference: NotificationPreference }): ReactElement {
  const [editing, setEditing] = useState<OwnWay>();
  const save = useAct(notificationRoutes.putNotificationPreference);
  const muted = preference.ways.filter((way) => way.muted).map(({ kind }) => kind);
  const mute = (kind: OwnWay['kind'], on: boolean): void =>
    save.mutate({
      body: {
        quiet: preference.quiet,
        muted: on ? [...muted, kind] : muted.filter((one) => one !== kind),
      },
    });
  return (
    <section className="panel" aria-labelledby="own-ways">
      <h2 id="own-ways">{TEXT.title}</h2>
      <div className="panel-body own-body">
        <p className="quiet">{TEXT.rule}</p>
        {save.error && <Failure error={save.error} />}
        <ul className="own-ways">
          {preference.ways.map((way) => (
            <WayRow
              key={way.kind}
              way={way}
              busy={save.isPending}
              isLast={!way.muted && muted.length === preference.ways.length - 1}
              onMute={(on) => mute(way.kind, on)}
              onEdit={() => setEditing(way)}
            />
          ))}
        </ul>
      </div>
      {editing && (
        <AddressForm way={editing} quiet={preference.quiet} onClose={() => setEditing(undefined)} />
      )}
    </section>
  );
}

interface WayRowProps {
  readonly way: OwnWay;
  readonly busy: boolean;
  /** The only one that is left. */
  readonly isLast: boolean;
  readonly onMute: (on: boolean) => void;
  readonly onEdit: () => void;
}

function WayRow({ way, busy, isLast, onMute, onEdit }: WayRowProps): ReactElement {
  const { kind, kindText, address, source, channel, muted } = way;
  const { message } = App.useApp();
  const test = useAct(notificationRoutes.testMyNotification, () => void message.success(TEXT.tested));
  return (
    <li className="own-way">
      <div className="own-way-words">
        <strong>{kindText}</strong>
        <span>
          {address ?? TEXT.none}
          {address !== null && <span className="quiet"> · {TEXT.sources[source]}</span>}
        </span>
        <span className={channel === 'down' ? 'own-trouble' : 'quiet'}>{TEXT.channels[channel]}</span>
        {(kind === 'sms' || kind === 'voice') && <span className="quiet">{TEXT.phoneHint}</span>}
      </div>
      <div className="own-way-acts">
        <Checkbox
          checked={muted}
          disabled={busy || isLast}
          aria-label={TEXT.mutedOf(kindText)}
          onChange={({ target }) => onMute(target.checked)}
        >
          {TEXT.muted}
        </Checkbox>
        {CHANGED_HERE.has(kind) && (
          <Button size="small" aria-label={TEXT.changeOf(kindText)} onClick={onEdit}>
            {TEXT.change}
          </Button>
        )}
        <Button
          size="small"
          aria-label={TEXT.testOf(kindText)}
          disabled={channel === 'none' || address === null}
          loading={test.isPending}
          onClick={() => test.mutate({ body: { kind } })}
        >
          {TEXT.test}
        </Button>
      </div>
      {test.error && <Failure error={test.error} />}
    </li>
  );
}
