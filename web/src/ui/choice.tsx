import { Select } from 'antd';
import type { ReactElement } from 'react';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly textOf: (value: Value) => string;
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
}

/** One of a closed set, or all of it. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactElement {
  const { label, values, textOf, value, onChange } = props;
  return (
    <Select<Value | null>
      allowClear
      placeholder={`全部${label}`}
      aria-label={label}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={values.map((one) => ({ value: one, label: textOf(one) }))}
    />
  );
}
