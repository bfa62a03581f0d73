import type { StandardDraftDetail } from '#contract/standard';
import { SENSING_KINDS } from '#model/standard';
import { Checkbox } from 'antd';
import { type ReactElement, useState } from 'react';

import { ELEMENT_FORM_TEXT, PART_TEXT } from '../part-text.ts';
import { SENSING_TEXT } from '../text.ts';
import { BasisFields } from './basis-fields.tsx';
import { ChoiceField } from './choice-field.tsx';
import { CodeField } from './code-field.tsx';
import { elementDraft, elementOf, NEW_ELEMENT, NEW_IMPROBABLE } from './element-draft.ts';
import { atFields, faultsOfPart } from './faults-of.ts';
import { readForm, spanDraft } from './field-drafts.ts';
import { PartFoot } from './part-foot.tsx';
import { ImprobableFields } from './improbable-fields.tsx';
import { type DocumentElement, elementPlace } from './part-place.ts';
import { RangeFields } from './range-fields.tsx';
import { SpanField } from './span-field.tsx';
import { TextField } from './text-field.tsx';
import { useSavePart } from './use-save-part.ts';

const FIELDS = ['unit', 'range', 'improbable'] as const;

interface ElementFormProps {
  readonly draft: StandardDraftDetail;
  /** None begins a new one. */
  readonly element: DocumentElement | undefined;
  readonly onDone: () => void;
}

/** The form of one element: what is measured, how often, and within which range a reading can be. */
export function ElementForm({ draft, element, onDone }: ElementFormProps): ReactElement {
  const [form, setForm] = useState(() => (element ? elementDraft(element) : NEW_ELEMENT));
  const [code, setCode] = useState(element?.code);
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, elementPlace(code ?? ''));
  const { document, faults } = saving.base;
  const index = document.elements.findIndex((one) => one.code === code);
  const found = atFields(faultsOfPart(faults, 'elements', index), FIELDS);
  const send = (): void => {
    const was = document.elements.find((one) => one.code === code);
    const read = readForm(() => elementOf(form, was ?? element, document));
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    setCode(read.value.code);
    saving.save(read.value, (saved) => {
      const at = saved.document.elements.findIndex((one) => one.code === read.value.code);
      if (faultsOfPart(saved.faults, 'elements', at).length === 0) onDone();
    });
  };
  return (
    <form
      className="standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <fieldset className="standard-set">
        <TextField label={PART_TEXT.name} value={form.name} onChange={(name) => setForm({ ...form, name })} />
        {code === undefined && (
          <CodeField
            scenario={document.scenario}
            value={form.rest}
            onChange={(rest) => setForm({ ...form, rest })}
          />
        )}
        <TextField
          label={PART_TEXT.unit}
          hint={PART_TEXT.unitHint}
          value={form.unit}
          faults={found.at('unit')}
          onChange={(unit) => setForm({ ...form, unit })}
        />
        <ChoiceField
          label={ELEMENT_FORM_TEXT.sensing}
          value={form.sensing}
          options={SENSING_KINDS.map((value) => ({ value, label: SENSING_TEXT[value] }))}
          onChange={(sensing) => setForm({ ...form, sensing })}
        />
        <SpanField
          label={ELEMENT_FORM_TEXT.period}
          value={form.period}
          onChange={(period) => setForm({ ...form, period })}
        />
        <Checkbox checked={form.key} onChange={({ target }) => setForm({ ...form, key: target.checked })}>
          {ELEMENT_FORM_TEXT.key}
        </Checkbox>
        <Checkbox
          className="standard-wide"
          checked={form.dense !== null}
          onChange={({ target }) => setForm({ ...form, dense: target.checked ? spanDraft(60) : null })}
        >
          {ELEMENT_FORM_TEXT.hasDense}
        </Checkbox>
        {form.dense && (
          <SpanField
            label={ELEMENT_FORM_TEXT.dense}
            value={form.dense}
            onChange={(dense) => setForm({ ...form, dense })}
          />
        )}
        <Checkbox
          className="standard-wide"
          checked={form.range !== null}
          onChange={({ target }) => setForm({ ...form, range: target.checked ? { from: '', to: '' } : null })}
        >
          {ELEMENT_FORM_TEXT.hasRange}
        </Checkbox>
        {form.range && (
          <RangeFields
            value={form.range}
            unit={form.unit}
            faults={found.at('range')}
            onChange={(range) => setForm({ ...form, range })}
          />
        )}
        <Checkbox
          className="standard-wide"
          checked={form.improbable !== null}
          onChange={({ target }) => setForm({ ...form, improbable: target.checked ? NEW_IMPROBABLE : null })}
        >
          {ELEMENT_FORM_TEXT.hasImprobable}
        </Checkbox>
        {form.improbable && (
          <ImprobableFields
            value={form.improbable}
            faults={found.at('improbable')}
            onChange={(improbable) => setForm({ ...form, improbable })}
          />
        )}
        <TextField
          wide
          rows={3}
          label={ELEMENT_FORM_TEXT.states}
          hint={ELEMENT_FORM_TEXT.statesHint}
          value={form.states}
          onChange={(states) => setForm({ ...form, states })}
        />
      </fieldset>
      <fieldset className="standard-set">
        <legend>{PART_TEXT.basis}</legend>
        <BasisFields value={form.basis} onChange={(basis) => setForm({ ...form, basis })} />
      </fieldset>
      <PartFoot saving={saving} fault={fault} found={found.elsewhere} onDone={onDone} />
    </form>
  );
}
