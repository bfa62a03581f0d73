import type { ReactElement, ReactNode } from 'react';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wide?: boolean;
  /** What the linter says of this field. */
  readonly faults?: readonly string[];
  readonly children: ReactNode;
}

/** A field of a form with its name above it, and what is wrong with it below. */
export function Field({ id, label, hint, wide, faults = [], children }: FieldProps): ReactElement {
  return (
    <div className={wide ? 'standard-field standard-wide' : 'standard-field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <span className="quiet">{hint}</span>}
      {faults.map((message) => (
        <span key={message} className="standard-fault" role="alert">
          {message}
        </span>
      ))}
    </div>
  );
}
