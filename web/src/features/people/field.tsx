import type { ReactElement, ReactNode } from 'react';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A field of a form with its name above it. */
export function Field({ id, label, hint, children }: FieldProps): ReactElement {
  return (
    <div className="people-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <p className="quiet">{hint}</p>}
    </div>
  );
}
