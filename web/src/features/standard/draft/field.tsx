import type { ReactElement, ReactNode } from 'react';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A field of a form with its name above it. */
export function Field({ id, label, hint, wide, children }: FieldProps): ReactElement {
  return (
    <div className={wide ? 'standard-field standard-wide' : 'standard-field'}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </div>
  );
}
