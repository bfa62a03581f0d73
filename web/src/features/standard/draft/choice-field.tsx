import { Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { Field } from './field.tsx';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface ChoiceFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value | '';
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
  readonly faults?: readonly string[];
  readonly wide?: boolean;
  readonly disabled?: boolean;
}

/** One of several; long lists are searched by typing. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>): ReactElement {
  const { label, value, options, onChange, hint, faults = [], wide = false, disabled = false } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} faults={faults} wide={wide}>
      <Select<Value>
        id={id}
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        disabled={disabled}
        {...(value === '' ? {} : { value })}
        onChange={onChange}
        options={options.map((one) => ({ ...one }))}
      />
    </Field>
  );
}
