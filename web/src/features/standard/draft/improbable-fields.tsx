import type { ReactElement } from 'react';

import { ELEMENT_FORM_TEXT } from '../part-text.ts';
import type { ImprobableDraft } from './element-draft.ts';
import { SpanField } from './span-field.tsx';
import { TextField } from './text-field.tsx';

interface ImprobableFieldsProps {
  readonly value: ImprobableDraft;
  readonly faults: readonly string[];
  readonly onChange: (value: ImprobableDraft) => void;
}

/** 与自身历史不符: from how rare on a reading is doubted, and how long its point's past is learnt first. */
export function ImprobableFields({ value, faults, onChange }: ImprobableFieldsProps): ReactElement {
  return (
    <>
      <TextField
        label={ELEMENT_FORM_TEXT.rarity}
        value={value.rarity}
        faults={faults}
        onChange={(rarity) => onChange({ ...value, rarity })}
      />
      <SpanField
        label={ELEMENT_FORM_TEXT.learn}
        value={value.learn}
        onChange={(learn) => onChange({ ...value, learn })}
      />
    </>
  );
}
