import type { StandardDraftDetail } from '#contract/standard';
import { type ReactElement, useState } from 'react';

import { PART_TEXT } from '../part-text.ts';
import { BasisFields } from './basis-fields.tsx';
import { CodeField, codeOf } from './code-field.tsx';
import { atFields, faultsOfPart } from './faults-of.ts';
import { basisDraft, basisOf, NEW_BASIS, readForm, textOf } from './field-drafts.ts';
import { PartFoot } from './part-foot.tsx';
import { type DocumentParameter, parameterPlace } from './part-place.ts';
import { RangeFields, rangeOf } from './range-fields.tsx';
import { TextField } from './text-field.tsx';
import { useSavePart } from './use-save-part.ts';

const FIELDS = ['unit', 'range'] as const;

interface ParameterFormProps {
  readonly draft: StandardDraftDetail;
  /** None begins a new one. */
  readonly parameter: DocumentParameter | undefined;
  readonly onDone: () => void;
}

/** The form of one parameter of objects: what it is called, and what it can be. */
export function ParameterForm({ draft, parameter, onDone }: ParameterFormProps): ReactElement {
  const [form, setForm] = useState(() => ({
    rest: '',
    name: parameter?.name ?? '',
    unit: parameter?.unit ?? '',
    range: parameter
      ? { from: String(parameter.range[0]), to: String(parameter.range[1]) }
      : { from: '', to: '' },
    basis: parameter ? basisDraft(parameter.basis) : NEW_BASIS,
  }));
  const [code, setCode] = useState(parameter?.code);
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, parameterPlace(code ?? ''));
  const { document, faults } = saving.base;
  const index = document.parameters.findIndex((one) => one.code === code);
  const found = atFields(faultsOfPart(faults, 'parameters', index), FIELDS);
  const send = (): void => {
    const read = readForm((): DocumentParameter => ({
      code: code ?? codeOf(document.scenario, form.rest, document.parameters),
      name: textOf(form.name, PART_TEXT.name),
      unit: textOf(form.unit, PART_TEXT.unit),
      range: rangeOf(form.range),
      basis: basisOf(form.basis, PART_TEXT.basis),
    }));
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    setCode(read.value.code);
    saving.save(read.value, (saved) => {
      const at = saved.document.parameters.findIndex((one) => one.code === read.value.code);
      if (faultsOfPart(saved.faults, 'parameters', at).length === 0) onDone();
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
        <RangeFields
          value={form.range}
          unit={form.unit}
          faults={found.at('range')}
          onChange={(range) => setForm({ ...form, range })}
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
