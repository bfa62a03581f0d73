import type { ReactElement } from 'react';

import { PART_TEXT } from '../part-text.ts';
import { textOf, Unreadable } from './field-drafts.ts';
import { TextField } from './text-field.tsx';

interface CodeFieldProps {
  readonly scenario: string;
  /** What stands behind the scenario's dot. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The code of something new: the scenario's is given. */
export function CodeField({ scenario, value, onChange }: CodeFieldProps): ReactElement {
  return (
    <TextField
      label={PART_TEXT.codeRest}
      hint={PART_TEXT.codeHint}
      prefix={`${scenario}.`}
      value={value}
      onChange={(text) => onChange(text.toUpperCase())}
    />
  );
}

/** The whole code; throws for one that cannot be, or that is taken. */
export function codeOf(scenario: string, rest: string, used: readonly { readonly code: string }[]): string {
  const typed = textOf(rest, PART_TEXT.codeRest);
  if (!/^[A-Z0-9_]{1,40}$/u.test(typed)) throw new Unreadable(PART_TEXT.badCode);
  const code = `${scenario}.${typed}`;
  if (used.some((one) => one.code === code)) throw new Unreadable(PART_TEXT.codeTaken(code));
  return code;
}
