import { Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { Field } from './field.tsx';
import type { LimitDraft } from './field-drafts.ts';
import type { Document } from './sign-draft.ts';

interface LimitFieldProps {
  /** `橙色限值` */
  readonly label: string;
  readonly unit: string;
  readonly parameters: Document['parameters'];
  readonly value: LimitDraft;
  readonly onChange: (value: LimitDraft) => void;
}

/** A limit: a number, or a parameter of the object with a factor and something added. */
export function LimitField({ label, unit, parameters, value, onChange }: LimitFieldProps): ReactElement {
  const id = useId();
  const suffix = unit === '' ? {} : { suffix: unit };
  const own = value.parameter !== '';
  return (
    <>
      {parameters.length > 0 && (
        <Field id={`${id}s`} label={`${label}：${SIGN_FORM_TEXT.source}`}>
          <Select
            id={`${id}s`}
            popupMatchSelectWidth={false}
            value={value.parameter}
            onChange={(parameter) => onChange({ ...value, parameter })}
            options={[
              { value: '', label: SIGN_FORM_TEXT.number },
              ...parameters.map(({ code, name }) => ({ value: code, label: name })),
            ]}
          />
        </Field>
      )}
      {!own && (
        <Field id={id} label={label}>
          <Input
            id={id}
            inputMode="decimal"
            {...suffix}
            value={value.value}
            onChange={({ target }) => onChange({ ...value, value: target.value })}
          />
        </Field>
      )}
      {own && (
        <>
          <Field id={`${id}t`} label={SIGN_FORM_TEXT.times}>
            <Input
              id={`${id}t`}
              inputMode="decimal"
              value={value.times}
              placeholder="1"
              onChange={({ target }) => onChange({ ...value, times: target.value })}
            />
          </Field>
          <Field id={`${id}p`} label={SIGN_FORM_TEXT.plus}>
            <Input
              id={`${id}p`}
              {...suffix}
              value={value.plus}
              placeholder="0"
              onChange={({ target }) => onChange({ ...value, plus: target.value })}
            />
          </Field>
        </>
      )}
    </>
  );
}
