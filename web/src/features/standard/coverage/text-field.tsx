import { Input } from 'antd';
import { type ReactElement, useId } from 'react';

import { Field } from '../draft/field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly longest?: number;
  readonly type?: 'text' | 'date';
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

/** One line of text, or a day, under its name. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, hint, value, longest, type = 'text', autoFocus = false, onChange } = props;
  const id = useId();
  return (
    <Field id={id} label={label} {...(hint !== undefined && { hint })}>
      <Input
        id={id}
        type={type}
        autoFocus={autoFocus}
        value={value}
        {...(longest !== undefined && { maxLength: longest })}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
