import { type Channel, type ChannelSettings, notificationRoutes } from '#contract/command';
import { CHANNEL_KIND_TEXT, CHANNEL_KINDS, type ChannelKind } from '#model/command';
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { useSession } from '../../../app/session.ts';
import { Failure } from '../../../ui/states.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { TEXT as COMMON } from '../text.ts';
import { useAct } from '../use-act.ts';
import { CHANNEL_FIELDS, CHANNEL_TEXT as TEXT } from './text.ts';

interface Draft {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly platform: string | undefined;
  readonly addressBy: 'username' | 'phone';
  readonly ratePerMinute: number;
  readonly dryRun: boolean;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, string>>;
}
interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly channel: Channel | undefined;
}

const BLANK: Draft = {
  name: '',
  kind: 'wecom',
  platform: undefined,
  addressBy: 'username',
  ratePerMinute: 60,
  dryRun: true,
  enabled: true,
  settings: {},
};

function startDraft(channel: Channel | undefined, platform: string | undefined): Draft {
  if (!channel) return { ...BLANK, platform };
  const settings = Object.entries(channel.settings).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
  const { name, kind, addressBy, ratePerMinute, dryRun, enabled } = channel;
  const common = { name, kind, addressBy, ratePerMinute, dryRun, enabled };
  return {
    ...common,
    platform: channel.platform.code,
    settings: Object.fromEntries(settings) as Draft['settings'],
  };
}

/** A channel, new or changed. */
export function ChannelForm({
  channel,
  onClose,
}: {
  readonly channel: Channel | undefined;
  readonly onClose: () => void;
}): ReactElement {
  const own = useSession()?.roles.find((role) => role.actingFor === null)?.platform;
  const [draft, setDraft] = useState(() => startDraft(channel, own));
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const create = useAct(notificationRoutes.createChannel, onClose);
  const update = useAct(notificationRoutes.updateChannel, onClose);
  const error = create.error ?? update.error;
  const send = (): void => {
    const { name, kind, platform = '', addressBy, ratePerMinute, dryRun, enabled } = draft;
    const given = Object.fromEntries(Object.entries(draft.settings).filter(([, value]) => value !== ''));
    const common = { name, addressBy, ratePerMinute, dryRun };
    if (channel) {
      const body = { ...common, enabled, settings: given, version: channel.version };
      update.mutate({ params: { id: channel.id }, body });
    } else {
      // What is missing is told by the server, field by field.
      const settings = { ...given, kind } as unknown as ChannelSettings;
      create.mutate({ body: { ...common, platform, settings } });
    }
  };
  return (
    <Modal
      open
      className="command-modal"
      title={channel ? `${TEXT.edit} ${channel.name}` : TEXT.add}
      onCancel={onClose}
      onOk={send}
      okText={COMMON.save}
      cancelText={COMMON.cancel}
      okButtonProps={{ disabled: draft.name.trim() === '' || draft.platform === undefined }}
      confirmLoading={create.isPending || update.isPending}
    >
      <div className="command-form">
        <Identity draft={draft} change={change} channel={channel} />
        <Settings draft={draft} change={change} channel={channel} />
        <Manner draft={draft} change={change} channel={channel} />
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}

function Identity({ draft, change, channel }: PartProps): ReactElement {
  return (
    <>
      <div className="form-field">
        <span className="form-label">{TEXT.kind}</span>
        <Select<ChannelKind>
          aria-label={TEXT.kind}
          disabled={channel !== undefined}
          value={draft.kind}
          onChange={(kind) => change({ kind, settings: {} })}
          options={CHANNEL_KINDS.map((value) => ({ value, label: CHANNEL_KIND_TEXT[value] }))}
        />
      </div>
      <label>
        <span className="form-label">{TEXT.name}</span>
        <Input maxLength={60} value={draft.name} onChange={({ target }) => change({ name: target.value })} />
      </label>
      {!channel && (
        <div className="form-field">
          <span className="form-label">{TEXT.platform}</span>
          <PlatformSelect
            value={draft.platform}
            label={TEXT.platform}
            onChange={(platform) => change({ platform })}
          />
          <span className="form-hint">{TEXT.platformHint}</span>
        </div>
      )}
    </>
  );
}

function Settings({ draft, change, channel }: PartProps): ReactElement {
  const put = (name: string, value: string): void =>
    change({ settings: { ...draft.settings, [name]: value } });
  return (
    <>
      {CHANNEL_FIELDS[draft.kind].map(({ name, label, secret, long, placeholder = '' }) => {
        const kept = secret === true && channel?.secrets.includes(name) === true;
        const common = {
          value: draft.settings[name] ?? '',
          placeholder: kept ? TEXT.kept : placeholder,
        };
        return (
          <label key={name}>
            <span className="form-label">{label}</span>
            {long === true ? (
              <Input.TextArea
                {...common}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={({ target }) => put(name, target.value)}
              />
            ) : (
              <Input
                {...common}
                type={secret === true ? 'password' : 'text'}
                autoComplete="off"
                onChange={({ target }) => put(name, target.value)}
              />
            )}
          </label>
        );
      })}
    </>
  );
}

function Manner({ draft, change, channel }: PartProps): ReactElement {
  const byName = draft.kind === 'wecom' || draft.kind === 'dingtalk';
  return (
    <>
      {byName && (
        <div className="form-field">
          <span className="form-label">{TEXT.addressBy}</span>
          <Select<'username' | 'phone'>
            aria-label={TEXT.addressBy}
            value={draft.addressBy}
            onChange={(addressBy) => change({ addressBy })}
            options={[
              { value: 'username', label: TEXT.byUsername },
              { value: 'phone', label: TEXT.byPhone },
            ]}
          />
        </div>
      )}
      <label>
        <span className="form-label">{TEXT.ratePerMinute}</span>
        <InputNumber
          min={1}
          max={6000}
          value={draft.ratePerMinute}
          onChange={(value) => change({ ratePerMinute: value ?? 1 })}
        />
      </label>
      <Checkbox checked={draft.dryRun} onChange={({ target }) => change({ dryRun: target.checked })}>
        {TEXT.dryRun}
      </Checkbox>
      {channel && (
        <Checkbox checked={draft.enabled} onChange={({ target }) => change({ enabled: target.checked })}>
          {TEXT.enabled}
        </Checkbox>
      )}
    </>
  );
}
