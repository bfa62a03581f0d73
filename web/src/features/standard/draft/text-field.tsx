import { Input } from 'antd';
import { type ReactElement, useId } from 'react';

import { Field } from './field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly faults?: readonly string[];
  readonly wide?: boolean;
  /** For numbers: the keyboard that a phone shows. */
  readonly decimal?: boolean;
  /** What stands before or behind what is typed. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly rows?: number;
}

/** A line or some lines of text under its name. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, value, onChange, hint, faults = [], wide = false, decimal = false, rows } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} faults={faults} wide={wide}>
      {rows === undefined ? (
        <Input
          id={id}
          maxLength={200}
          {...(decimal ? { inputMode: 'decimal' as const } : {})}
          {...(props.prefix === undefined ? {} : { prefix: props.prefix })}
          {...(props.suffix === undefined || props.suffix === '' ? {} : { suffix: props.suffix })}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input.TextArea
          id={id}
          rows={rows}
          maxLength={2000}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
