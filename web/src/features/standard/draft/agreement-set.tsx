import { Checkbox, Input } from 'antd';
import { type ReactElement, useId } from 'react';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { Field } from './field.tsx';
import type { SignDraft } from './sign-draft.ts';

type Value = SignDraft['agreement'];

interface AgreementSetProps {
  readonly value: Value;
  /** What the linter says of it. */
  readonly faults: readonly string[];
  readonly onChange: (value: Value) => void;
}

/** 读数表决: how many of the last readings have to be past a limit; off where every reading counts by itself. */
export function AgreementSet({ value, faults, onChange }: AgreementSetProps): ReactElement {
  const id = useId();
  return (
    <fieldset className="standard-set">
      <legend>{SIGN_FORM_TEXT.agreement}</legend>
      <Field id={`${id}on`} label="" wide faults={faults}>
        <Checkbox
          id={`${id}on`}
          checked={value !== null}
          onChange={({ target }) => onChange(target.checked ? { atLeast: '3', of: '5' } : null)}
        >
          {SIGN_FORM_TEXT.agreementOn}
        </Checkbox>
      </Field>
      {value && (
        <>
          <Field id={`${id}k`} label={SIGN_FORM_TEXT.atLeast} hint={SIGN_FORM_TEXT.agreementHint}>
            <Input
              id={`${id}k`}
              inputMode="numeric"
              value={value.atLeast}
              onChange={({ target }) => onChange({ ...value, atLeast: target.value })}
            />
          </Field>
          <Field id={`${id}n`} label={SIGN_FORM_TEXT.lastReadings}>
            <Input
              id={`${id}n`}
              inputMode="numeric"
              value={value.of}
              onChange={({ target }) => onChange({ ...value, of: target.value })}
            />
          </Field>
        </>
      )}
    </fieldset>
  );
}
