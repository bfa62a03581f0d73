import type { Unit } from '#contract/platform';
import { Alert, Button, Input, Select } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { PlatformChoice } from '../choices.tsx';
import type { Draft } from '../draft.ts';
import { FORM_TEXT } from '../text.ts';
import { FORM, UNIT_KIND_ORDER, UNIT_KIND_TEXT } from './text.ts';
import type { UnitField } from './unit-form.ts';

interface UnitFieldsProps {
  /** Absent for a new one. */
  readonly unit?: Unit;
  readonly draft: Draft;
  readonly set: (field: string, value: string) => void;
  /** What must be mended first. */
  readonly check: () => string | undefined;
  readonly save: () => void;
  readonly pending: boolean;
  readonly dirty: boolean;
  readonly error: Error | null;
  readonly notice?: ReactNode;
  readonly onCancel: () => void;
}

const LINES: readonly { readonly field: UnitField; readonly max: number }[] = [
  { field: 'creditCode', max: 18 },
  { field: 'contact', max: 60 },
  { field: 'phone', max: 20 },
  { field: 'address', max: 200 },
  { field: 'note', max: 500 },
];

export function UnitFields(props: UnitFieldsProps): ReactElement {
  const { unit, draft, set, check, save, pending, dirty, error, notice, onCancel } = props;
  const id = useId();
  const [fault, setFault] = useState<string>();
  const line = (field: UnitField, max: number, hint?: string): ReactElement => (
    <div key={field} className="org-field">
      <label htmlFor={`${id}-${field}`}>{FORM.fields[field]}</label>
      <Input
        id={`${id}-${field}`}
        value={draft[field] ?? ''}
        maxLength={max}
        {...(hint === undefined ? {} : { placeholder: hint })}
        onChange={({ target }) => set(field, target.value)}
      />
    </div>
  );
  return (
    <form
      className="org-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = check();
        setFault(found);
        if (found === undefined) save();
      }}
    >
      {unit === undefined && line('code', 60, FORM.hints.code)}
      {line('name', 100)}
      <div className="org-field">
        <label htmlFor={`${id}-kind`}>{FORM.fields.kind}</label>
        <Select
          id={`${id}-kind`}
          value={draft['kind'] ?? null}
          onChange={(kind: string) => set('kind', kind)}
          options={UNIT_KIND_ORDER.map((value) => ({ value, label: UNIT_KIND_TEXT[value] }))}
        />
      </div>
      <div className="org-field">
        <label htmlFor={`${id}-platform`}>{FORM.fields.platform}</label>
        <PlatformChoice
          id={`${id}-platform`}
          label={FORM.fields.platform}
          value={draft['platform'] || undefined}
          {...(unit && draft['platform'] === unit.platform ? { name: unit.platformName } : {})}
          onChange={(platform) => set('platform', platform ?? '')}
        />
      </div>
      {LINES.map(({ field, max }) => line(field, max, hintOf(field, unit)))}
      {notice}
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {error && <Failure error={error} />}
      <div className="org-form-acts">
        <Button type="primary" htmlType="submit" disabled={!dirty} loading={pending}>
          {FORM_TEXT.save}
        </Button>
        <Button onClick={onCancel}>{FORM_TEXT.cancel}</Button>
        {!dirty && <span className="quiet">{FORM_TEXT.nothing}</span>}
      </div>
    </form>
  );
}

function hintOf(field: UnitField, unit: Unit | undefined): string | undefined {
  if (field === 'creditCode') return FORM.hints.creditCode;
  if (field === 'contact') return FORM.hints.contact;
  const masked = unit?.phoneMasked ?? null;
  return field === 'phone' && masked !== null ? FORM.hints.phoneKeep(masked) : undefined;
}
