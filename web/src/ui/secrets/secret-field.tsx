import { Input } from 'antd';
import { type ReactElement, useId } from 'react';

interface SecretFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly autoFocus?: boolean;
  /** Digits: the phone shows its number keys. */
  readonly digits?: boolean;
  /** What is wrong with it; shown under the field. */
  readonly fault?: string | undefined;
  /** Shown as it is typed. */
  readonly plain?: boolean;
}

/** One secret to type, with what is wrong with it beneath. */
export function SecretField(props: SecretFieldProps): ReactElement {
  const { label, name, value, onChange, autoComplete, autoFocus, digits, fault, plain } = props;
  const id = useId();
  const shared = {
    id,
    size: 'large' as const,
    name,
    value,
    autoComplete,
    autoFocus: autoFocus ?? false,
    'aria-invalid': fault !== undefined,
    'aria-describedby': `${id}-fault`,
    ...(digits ? { inputMode: 'numeric' as const } : {}),
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="secret-field">
      <label htmlFor={id}>{label}</label>
      {plain ? <Input {...shared} /> : <Input.Password {...shared} />}
      <span id={`${id}-fault`} className="secret-fault">
        {fault}
      </span>
    </div>
  );
}
