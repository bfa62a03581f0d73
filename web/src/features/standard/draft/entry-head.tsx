import { ROLE_TEXT } from '#model/platform';
import { LOOP_TEXT } from '#model/response';
import { DISPOSAL_TYPES, type DisposalType, HANDBOOK_ROLES, LIMIT_CLASSES, LOOPS } from '#model/standard';
import { Checkbox, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { ENTRY_FORM_TEXT } from '../part-text.ts';
import { ChoiceField } from './choice-field.tsx';
import type { EntryDraft } from './entry-draft.ts';
import { Field } from './field.tsx';
import { TextField } from './text-field.tsx';

interface EntryHeadProps {
  readonly value: EntryDraft;
  readonly onChange: (value: EntryDraft) => void;
}

/** Who acts, who reviews, within which limits, and who is told. */
export function EntryHead({ value, onChange }: EntryHeadProps): ReactElement {
  const id = useId();
  return (
    <fieldset className="standard-set">
      <ChoiceField
        label={ENTRY_FORM_TEXT.loop}
        value={value.loop}
        options={LOOPS.map((loop) => ({ value: loop, label: LOOP_TEXT[loop] }))}
        onChange={(loop) => onChange({ ...value, loop })}
      />
      <ChoiceField
        label={ENTRY_FORM_TEXT.limitClass}
        value={value.limitClass}
        options={LIMIT_CLASSES.map((one) => ({ value: one, label: ENTRY_FORM_TEXT.limitClasses[one] }))}
        onChange={(limitClass) => onChange({ ...value, limitClass })}
      />
      <Field id={id} wide label={ENTRY_FORM_TEXT.types}>
        <Select<DisposalType[]>
          id={id}
          mode="multiple"
          optionFilterProp="label"
          value={value.disposalTypes}
          onChange={(disposalTypes) => onChange({ ...value, disposalTypes })}
          options={DISPOSAL_OPTIONS}
        />
      </Field>
      {(['responsible', 'reviewer'] as const).map((who) => (
        <RoleFields
          key={who}
          label={ENTRY_FORM_TEXT[who]}
          value={value[who]}
          onChange={(next) => onChange({ ...value, [who]: next })}
        />
      ))}
      <TextField
        rows={2}
        label={ENTRY_FORM_TEXT.coUnits}
        value={value.coUnits}
        onChange={(coUnits) => onChange({ ...value, coUnits })}
      />
      <TextField
        rows={2}
        label={ENTRY_FORM_TEXT.notify}
        value={value.notify}
        onChange={(notify) => onChange({ ...value, notify })}
      />
      <Checkbox
        checked={value.publicRelease}
        onChange={({ target }) => onChange({ ...value, publicRelease: target.checked })}
      >
        {ENTRY_FORM_TEXT.release}
      </Checkbox>
    </fieldset>
  );
}

const DISPOSAL_OPTIONS = (Object.keys(DISPOSAL_TYPES) as DisposalType[]).map((type) => ({
  value: type,
  label: DISPOSAL_TYPES[type],
}));

interface RoleFieldsProps {
  readonly label: string;
  readonly value: EntryDraft['responsible'];
  readonly onChange: (value: EntryDraft['responsible']) => void;
}

function RoleFields({ label, value, onChange }: RoleFieldsProps): ReactElement {
  return (
    <>
      <ChoiceField
        label={label}
        value={value.role}
        options={HANDBOOK_ROLES.map((role) => ({ value: role, label: ROLE_TEXT[role] }))}
        onChange={(role) => onChange({ ...value, role })}
      />
      <TextField
        label={ENTRY_FORM_TEXT.unitOf(label)}
        value={value.unit}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </>
  );
}
