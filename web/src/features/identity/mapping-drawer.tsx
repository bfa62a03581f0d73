import type { IdentityMapping } from '#contract/platform';
import { IDENTITY_ROLES, ROLE_TEXT } from '#model/platform';
import { Alert, Button, Drawer, Input, Radio, Select } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import type { useSaveMappings } from './identity-queries.ts';
import { itemOf, type MappingForm, startForm } from './mapping-form.ts';
import { FORM_TEXT, ROLE_HINT } from './text.ts';

interface MappingDrawerProps {
  /** The line that is edited; closed when there is none. */
  readonly edited: IdentityMapping | 'new' | undefined;
  readonly saving: ReturnType<typeof useSaveMappings>;
  readonly onClose: () => void;
}

export function MappingDrawer({ edited, saving, onClose }: MappingDrawerProps): ReactElement {
  const item = edited === 'new' ? undefined : edited;
  return (
    <Drawer
      open={edited !== undefined}
      onClose={onClose}
      size="min(560px, 100vw)"
      title={item ? FORM_TEXT.edit : FORM_TEXT.add}
      destroyOnHidden
    >
      <Fields key={item?.id ?? 0} item={item} saving={saving} onDone={onClose} />
    </Drawer>
  );
}

interface FieldsProps {
  readonly item: IdentityMapping | undefined;
  readonly saving: MappingDrawerProps['saving'];
  readonly onDone: () => void;
}

function Fields({ item, saving, onDone }: FieldsProps): ReactElement {
  const [form, setForm] = useState<MappingForm>(() => startForm(item));
  const [fault, setFault] = useState<string>();
  const change = (part: Partial<MappingForm>): void => setForm({ ...form, ...part });
  const send = (): void => {
    const checked = itemOf(form);
    setFault('fault' in checked ? checked.fault : undefined);
    if (!('item' in checked)) return;
    const made = checked.item;
    saving.mutate(
      (items) => (made.id === 0 ? [...items, made] : items.map((one) => (one.id === made.id ? made : one))),
      { onSuccess: onDone },
    );
  };
  const text = (
    name: 'claim' | 'value' | 'platform' | 'platformClaim' | 'priority' | 'note',
    hint?: string,
  ): ReactNode => (
    <Field label={FORM_TEXT[name]} hint={hint}>
      {(id) => (
        <Input
          id={id}
          value={form[name]}
          maxLength={name === 'platform' ? 40 : 200}
          inputMode={name === 'priority' ? 'numeric' : 'text'}
          autoComplete="off"
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="identity-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Choice
        label={FORM_TEXT.effect}
        texts={FORM_TEXT.effects}
        value={form.effect}
        onChange={(effect) => change({ effect })}
      />
      {text('claim', FORM_TEXT.claimHint)}
      {text('value', FORM_TEXT.valueHint)}
      {form.effect === 'grant' && (
        <>
          <Field label={FORM_TEXT.role} hint={ROLE_HINT[form.role]}>
            {(id) => (
              <Select
                id={id}
                value={form.role}
                onChange={(role) => change({ role })}
                options={IDENTITY_ROLES.map((value) => ({ value, label: ROLE_TEXT[value] }))}
              />
            )}
          </Field>
          <Choice
            label={FORM_TEXT.where}
            texts={FORM_TEXT.wheres}
            value={form.where}
            onChange={(where) => change({ where })}
          />
          {form.where === 'claim'
            ? text('platformClaim', FORM_TEXT.platformClaimHint)
            : text('platform', FORM_TEXT.platformHint)}
        </>
      )}
      {text('priority', FORM_TEXT.priorityHint)}
      {text('note')}
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {saving.error && <Failure error={saving.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={saving.isPending}>
        {FORM_TEXT.save}
      </Button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: (id: string) => ReactNode;
}

function Field({ label, hint, children }: FieldProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <p className="quiet">{hint}</p>}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly texts: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, texts, value, onChange }: ChoiceProps<Value>): ReactElement {
  return (
    <fieldset>
      <legend>{label}</legend>
      <Radio.Group
        value={value}
        onChange={({ target }) => onChange(target.value as Value)}
        options={Object.entries(texts).map(([key, text]) => ({ value: key, label: String(text) }))}
      />
    </fieldset>
  );
}
