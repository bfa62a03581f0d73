import { Input, Select, Space } from 'antd';
import { type ReactElement, useId } from 'react';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { Field } from './field.tsx';
import { type SpanDraft, UNITS } from './field-drafts.ts';

interface SpanFieldProps {
  readonly label: string;
  readonly value: SpanDraft;
  readonly onChange: (value: SpanDraft) => void;
}

/** A span of time in the unit a person thinks in. */
export function SpanField({ label, value, onChange }: SpanFieldProps): ReactElement {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <Space.Compact block>
        <Input
          id={id}
          inputMode="decimal"
          value={value.amount}
          onChange={({ target }) => onChange({ ...value, amount: target.value })}
        />
        <Select
          aria-label={`${label}：单位`}
          style={{ width: 90 }}
          value={value.unit}
          onChange={(unit) => onChange({ ...value, unit })}
          options={UNITS.map((unit) => ({ value: unit, label: SIGN_FORM_TEXT.units[unit] }))}
        />
      </Space.Compact>
    </Field>
  );
}
