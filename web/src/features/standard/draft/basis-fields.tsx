import { BASIS_TAGS } from '#model/standard';
import { Checkbox, Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { TAG_TEXT } from '../text.ts';
import { Field } from './field.tsx';
import type { BasisDraft } from './field-drafts.ts';

interface BasisFieldsProps {
  readonly value: BasisDraft;
  readonly onChange: (value: BasisDraft) => void;
}

/** 制订依据: a value without one may not be published. */
export function BasisFields({ value, onChange }: BasisFieldsProps): ReactElement {
  const id = useId();
  const text = (key: 'document' | 'clause' | 'url' | 'note', label: string, wide: boolean): ReactElement => (
    <Field id={`${id}${key}`} label={label} wide={wide}>
      <Input
        id={`${id}${key}`}
        maxLength={500}
        value={value[key]}
        onChange={({ target }) => onChange({ ...value, [key]: target.value })}
      />
    </Field>
  );
  return (
    <>
      <Field id={`${id}tag`} label={SIGN_FORM_TEXT.tag}>
        <Select
          id={`${id}tag`}
          value={value.tag}
          onChange={(tag) => onChange({ ...value, tag })}
          options={BASIS_TAGS.map((tag) => ({ value: tag, label: TAG_TEXT[tag] }))}
        />
      </Field>
      {text('clause', SIGN_FORM_TEXT.clause, false)}
      {text('document', SIGN_FORM_TEXT.document, true)}
      {text('url', SIGN_FORM_TEXT.url, false)}
      {text('note', SIGN_FORM_TEXT.noteField, false)}
      <Checkbox
        checked={value.verified}
        onChange={({ target }) => onChange({ ...value, verified: target.checked })}
      >
        {SIGN_FORM_TEXT.verified}
      </Checkbox>
    </>
  );
}
