import { Checkbox, Input, Select } from 'antd';
import { type ReactElement, type ReactNode, useId } from 'react';

import { CRCS } from '../adopt-form.ts';
import { ADOPT_TEXT } from '../text.ts';
import { ModbusFields } from './modbus-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import { SETTINGS_TEXT as TEXT } from './settings-text.ts';

interface SettingsFieldsProps {
  readonly protocol: string;
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** How a device of this protocol may differ from the standard, its secrets, where it is asked; some have nothing to set here. */
export function SettingsFields({ protocol, draft, onChange }: SettingsFieldsProps): ReactElement | null {
  if (protocol === 'modbus')
    return <ModbusFields draft={draft.modbus} onChange={(modbus) => onChange({ ...draft, modbus })} />;
  const Fields = FIELDS[protocol];
  if (Fields === undefined) return null;
  return (
    <fieldset>
      <legend>{TEXT.title}</legend>
      <Fields draft={draft} change={(part) => onChange({ ...draft, ...part })} />
    </fieldset>
  );
}

interface FieldsProps {
  readonly draft: SettingsDraft;
  readonly change: (part: Partial<SettingsDraft>) => void;
}

const FIELDS: Readonly<Record<string, (props: FieldsProps) => ReactElement>> = {
  hj212: Hj212Fields,
  sl651: Sl651Fields,
  gb26875: (props) => <ChoiceField {...props} name="surplus" />,
  mqtt: MqttFields,
};

function Hj212Fields(props: FieldsProps): ReactElement {
  const { draft, change } = props;
  return (
    <>
      <PasswordField {...props} />
      <Labelled text={ADOPT_TEXT.crc}>
        {(id) => (
          <Select
            id={id}
            value={draft.crc}
            onChange={(crc) => change({ crc })}
            options={CRCS.map((value) => ({ value, label: ADOPT_TEXT.crcs[value] }))}
          />
        )}
      </Labelled>
      <ChoiceField {...props} name="length" />
      <Secret
        label={TEXT.key}
        value={draft.key}
        maxLength={32}
        isThere={draft.hasKey}
        isDropped={draft.dropKey}
        drop={TEXT.dropKey}
        onType={(key) => change({ key, dropKey: false })}
        onDrop={(dropKey) => change({ dropKey, key: '' })}
      />
      {draft.key !== '' && (
        <>
          <ChoiceField {...props} name="cipherText" />
          <ChoiceField {...props} name="padding" />
        </>
      )}
    </>
  );
}

function Sl651Fields(props: FieldsProps): ReactElement {
  return (
    <>
      <PasswordField {...props} />
      <ChoiceField {...props} name="ends" />
      <ChoiceField {...props} name="afterAnswer" />
    </>
  );
}

function MqttFields(props: FieldsProps): ReactElement {
  const { draft, change } = props;
  return (
    <>
      <ChoiceField {...props} name="numbers" />
      <Labelled text={TEXT.via} hint={TEXT.viaHint}>
        {(id) => (
          <Input
            id={id}
            className="code"
            value={draft.via}
            maxLength={100}
            onChange={({ target }) => change({ via: target.value })}
          />
        )}
      </Labelled>
    </>
  );
}

function PasswordField({ draft, change }: FieldsProps): ReactElement {
  return (
    <Secret
      label={ADOPT_TEXT.password}
      value={draft.password}
      maxLength={20}
      isThere={draft.hasPassword}
      isDropped={draft.dropPassword}
      drop={TEXT.dropPassword}
      onType={(password) => change({ password, dropPassword: false })}
      onDrop={(dropPassword) => change({ dropPassword, password: '' })}
    />
  );
}

interface SecretProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** One is kept now; it is never shown. */
  readonly isThere: boolean;
  readonly isDropped: boolean;
  readonly drop: string;
  readonly onType: (value: string) => void;
  readonly onDrop: (isDropped: boolean) => void;
}

/** Written and never read: typed anew it is replaced, ticked it is taken away. */
function Secret(props: SecretProps): ReactElement {
  const { label, value, maxLength, isThere, isDropped, drop, onType, onDrop } = props;
  return (
    <>
      <Labelled text={label}>
        {(id) => (
          <Input
            id={id}
            className="code"
            value={value}
            maxLength={maxLength}
            autoComplete="off"
            disabled={isDropped}
            placeholder={isThere ? TEXT.secretHint : undefined}
            onChange={({ target }) => onType(target.value)}
          />
        )}
      </Labelled>
      {isThere && (
        <Checkbox checked={isDropped} onChange={({ target }) => onDrop(target.checked)}>
          {drop}
        </Checkbox>
      )}
    </>
  );
}

function ChoiceField<Name extends keyof typeof TEXT.choices>({
  draft,
  change,
  name,
}: FieldsProps & { readonly name: Name }): ReactElement {
  const { label, hint, options } = TEXT.choices[name];
  return (
    <Labelled text={label} hint={hint}>
      {(id) => (
        <Select
          id={id}
          value={draft[name]}
          onChange={(value) => change({ [name]: value })}
          options={Object.entries(options).map(([value, text]) => ({
            value: value as SettingsDraft[Name],
            label: text,
          }))}
        />
      )}
    </Labelled>
  );
}

function Labelled({
  text,
  hint,
  children,
}: {
  readonly text: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{text}</label>
      {children(id)}
      {hint !== undefined && hint !== '' && <p className="quiet">{hint}</p>}
    </>
  );
}
