import type { DeviceDetail } from '#contract/monitoring';
import { Alert, Button, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { checkDraft, type CommandDraft, emptyDraft } from './command-draft.ts';
import { useCommandDevice } from './device-queries.ts';
import { DEVICE_DETAIL_TEXT as TEXT } from './text.ts';

const TYPES = { done: 'success', refused: 'warning' } as const;

/** What the device can be asked over its own link, and what it answers. */
export function DeviceCommands({ device }: { readonly device: DeviceDetail }): ReactElement | null {
  const [first] = device.commands;
  const [draft, setDraft] = useState<CommandDraft | undefined>(first && emptyDraft(first));
  const [fault, setFault] = useState<string>();
  const asking = useCommandDevice(device.id);
  if (draft === undefined) return null;
  const send = (): void => {
    const checked = checkDraft(draft);
    setFault('fault' in checked ? checked.fault : undefined);
    if ('body' in checked) asking.mutate(checked.body);
  };
  const { data } = asking;
  return (
    <section className="tab-section">
      <h2>{TEXT.commands}</h2>
      <form
        className="device-command"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Select
          aria-label={TEXT.commands}
          value={draft.kind}
          onChange={(kind) => {
            asking.reset();
            setFault(undefined);
            setDraft(emptyDraft(kind));
          }}
          options={device.commands.map((kind) => ({ value: kind, label: TEXT.commandOf[kind] }))}
        />
        <CommandFields draft={draft} onChange={setDraft} />
        <Button htmlType="submit" type="primary" loading={asking.isPending}>
          {TEXT.send}
        </Button>
      </form>
      <div role="status" aria-live="polite">
        {asking.isPending && <p className="quiet">{TEXT.sending}</p>}
        {data && (
          <Alert showIcon type={data.kind in TYPES ? TYPES[data.kind as 'done'] : 'info'} title={data.text} />
        )}
      </div>
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {asking.error && <Failure error={asking.error} />}
    </section>
  );
}

interface FieldsProps {
  readonly draft: CommandDraft;
  readonly onChange: (draft: CommandDraft) => void;
}

/** What a command wants to be told; the others want nothing. */
const FIELDS: Readonly<Partial<Record<CommandDraft['kind'], (props: FieldsProps) => ReactElement>>> = {
  'set-interval': ({ draft, onChange }) => (
    <label>
      {TEXT.seconds}
      <Input
        value={draft.seconds}
        inputMode="numeric"
        onChange={({ target }) => onChange({ ...draft, seconds: target.value })}
      />
    </label>
  ),
  'duty-check': ({ draft, onChange }) => (
    <label>
      {TEXT.minutes}
      <Input
        value={draft.minutes}
        inputMode="numeric"
        onChange={({ target }) => onChange({ ...draft, minutes: target.value })}
      />
    </label>
  ),
  rpc: textFields(['method', 'params']),
  'write-metric': textFields(['metric', 'value']),
  'back-fill': SpanFields,
};

/** Fields that are plain text, one for each name. */
function textFields(
  names: readonly ('method' | 'params' | 'metric' | 'value')[],
): (props: FieldsProps) => ReactElement {
  return function TextFields({ draft, onChange }) {
    return (
      <>
        {names.map((name) => (
          <label key={name}>
            {TEXT[name]}
            <Input
              value={draft[name]}
              onChange={({ target }) => onChange({ ...draft, [name]: target.value })}
            />
          </label>
        ))}
      </>
    );
  };
}

function CommandFields(props: FieldsProps): ReactElement | null {
  const Fields = FIELDS[props.draft.kind];
  return Fields === undefined ? null : <Fields {...props} />;
}

const PERIODS = ['minute', 'hour', 'day'] as const;

function SpanFields({ draft, onChange }: FieldsProps): ReactElement {
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          {TEXT[end]}
          <Input
            type="datetime-local"
            value={draft[end]}
            onChange={({ target }) => onChange({ ...draft, [end]: target.value })}
          />
        </label>
      ))}
      <Select
        aria-label={TEXT.period}
        value={draft.period}
        onChange={(period) => onChange({ ...draft, period })}
        options={PERIODS.map((value) => ({ value, label: TEXT.periods[value] }))}
      />
    </>
  );
}
