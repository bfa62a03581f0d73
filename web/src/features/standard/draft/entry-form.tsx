import type { StandardDraftDetail } from '#contract/standard';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { STEPS_TEXT } from '../draft-text.ts';
import { ENTRY_FORM_TEXT, PART_TEXT } from '../part-text.ts';
import { BasisFields } from './basis-fields.tsx';
import { entryDraft, type EntryDraft, entryOf } from './entry-draft.ts';
import { EntryHead } from './entry-head.tsx';
import { faultsOfPart } from './faults-of.ts';
import { readForm } from './field-drafts.ts';
import { PartFoot } from './part-foot.tsx';
import { type DocumentEntry, entryPlace, isSameEntry } from './part-place.ts';
import { addStep, moveStep } from './step-list.ts';
import { StepSet } from './step-set.tsx';
import { useSavePart } from './use-save-part.ts';

interface EntryFormProps {
  readonly draft: StandardDraftDetail;
  /** One to begin with, where the draft has none of this item and level. */
  readonly entry: DocumentEntry;
  readonly onDone: () => void;
}

/** The form of one entry of the handbook: who does what, in which steps, and who looks at it afterwards. */
export function EntryForm({ draft, entry, onDone }: EntryFormProps): ReactElement {
  const [form, setForm] = useState<EntryDraft>(() => entryDraft(entry));
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, entryPlace(entry));
  const indexIn = ({ document }: StandardDraftDetail): number =>
    document.handbook.findIndex((one) => isSameEntry(one, entry));
  const found = faultsOfPart(saving.base.faults, 'handbook', indexIn(saving.base));
  const { steps } = form;
  const setSteps = (next: EntryDraft['steps']): void => setForm({ ...form, steps: next });
  const send = (): void => {
    const read = readForm(() => entryOf(form, entry));
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    saving.save(read.value, (saved) => {
      if (faultsOfPart(saved.faults, 'handbook', indexIn(saved)).length === 0) onDone();
    });
  };
  const theirs = saving.conflict?.theirs;
  return (
    <form
      className="standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {indexIn(saving.base) < 0 && <p className="quiet">{ENTRY_FORM_TEXT.begun}</p>}
      <EntryHead value={form} onChange={setForm} />
      <h3>{ENTRY_FORM_TEXT.steps}</h3>
      {steps.map((step, i) => (
        <StepSet
          key={step.code}
          step={step}
          number={i + 1}
          last={steps.length}
          onChange={(next) => setSteps(steps.map((one) => (one.code === step.code ? next : one)))}
          onMove={(by) => setSteps(moveStep(steps, i, by))}
          onRemove={() => setSteps(steps.filter(({ code }) => code !== step.code))}
        />
      ))}
      <Button type="dashed" onClick={() => setSteps(addStep(steps))}>
        {STEPS_TEXT.add}
      </Button>
      <fieldset className="standard-set">
        <legend>{PART_TEXT.basis}</legend>
        <BasisFields value={form.basis} onChange={(basis) => setForm({ ...form, basis })} />
      </fieldset>
      {theirs && (
        <Alert
          type="warning"
          title={STEPS_TEXT.conflictOther}
          description={
            <ol className="standard-steps">
              {theirs.steps.map(({ code, text }) => (
                <li key={code}>{text}</li>
              ))}
            </ol>
          }
        />
      )}
      <PartFoot saving={saving} fault={fault} found={found.map(({ message }) => message)} onDone={onDone} />
    </form>
  );
}
