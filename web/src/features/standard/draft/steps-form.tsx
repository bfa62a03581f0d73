import type { StandardDraftDetail } from '#contract/standard';
import { STEP_EVIDENCE } from '#model/standard';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { SIGN_FORM_TEXT, STEPS_TEXT } from '../draft-text.ts';
import { EVIDENCE_TEXT, TEXT } from '../text.ts';
import { faultsOfEntry } from './faults-of.ts';
import type { Document } from './sign-draft.ts';
import { addStep, moveStep } from './step-list.ts';
import { useSavePart } from './use-save-part.ts';

export type DocumentEntry = Document['handbook'][number];
type Step = DocumentEntry['steps'][number];

interface StepsFormProps {
  readonly draft: StandardDraftDetail;
  readonly entry: DocumentEntry;
  readonly onDone: () => void;
}

/** The steps of one entry of the handbook, in their order. */
export function StepsForm({ draft, entry, onDone }: StepsFormProps): ReactElement {
  const [steps, setSteps] = useState<readonly Step[]>(entry.steps);
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, entryPlace(entry));
  const index = draft.document.handbook.findIndex((one) => isSame(one, entry));
  const found = faultsOfEntry(saving.base.faults, index);
  const send = (): void => {
    const blank = steps.findIndex(({ text }) => text.trim() === '');
    setFault(blank < 0 ? undefined : STEPS_TEXT.blank(blank + 1));
    if (blank >= 0) return;
    const trimmed = steps.map((step) => ({ ...step, text: step.text.trim() }));
    saving.save({ ...entry, steps: trimmed }, (saved) => {
      if (faultsOfEntry(saved.faults, index).length === 0) onDone();
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
      {found.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={SIGN_FORM_TEXT.faults}
          description={found.map(({ message }) => (
            <span key={message} className="standard-fault">
              {message}
            </span>
          ))}
        />
      )}
      {saving.conflict && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={SIGN_FORM_TEXT.conflict}
          description={
            theirs ? (
              <>
                <p>{STEPS_TEXT.conflictOther}</p>
                <ol className="standard-steps">
                  {theirs.steps.map(({ code, text }) => (
                    <li key={code}>{text}</li>
                  ))}
                </ol>
                <p>{STEPS_TEXT.conflictAgain}</p>
              </>
            ) : (
              STEPS_TEXT.conflictSame
            )
          }
        />
      )}
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {saving.error && <Failure error={saving.error} />}
      <div className="standard-acts standard-form-foot">
        <Button type="primary" htmlType="submit" loading={saving.pending}>
          {SIGN_FORM_TEXT.save}
        </Button>
        <Button onClick={onDone}>{TEXT.close}</Button>
      </div>
    </form>
  );
}

interface StepSetProps {
  readonly step: Step;
  readonly number: number;
  readonly last: number;
  readonly onChange: (step: Step) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

function StepSet({ step, number, last, onChange, onMove, onRemove }: StepSetProps): ReactElement {
  const id = useId();
  const name = STEPS_TEXT.step(number);
  return (
    <fieldset className="standard-set">
      <legend>
        <label htmlFor={id}>{name}</label>
      </legend>
      <Input.TextArea
        id={id}
        className="standard-wide"
        autoSize
        maxLength={300}
        value={step.text}
        onChange={({ target }) => onChange({ ...step, text: target.value })}
      />
      <div className="standard-field">
        <label htmlFor={`${id}e`}>{STEPS_TEXT.evidence}</label>
        <Select
          id={`${id}e`}
          value={step.evidence}
          onChange={(evidence) => onChange({ ...step, evidence })}
          options={STEP_EVIDENCE.map((one) => ({
            value: one,
            label: EVIDENCE_TEXT[one] || STEPS_TEXT.noEvidence,
          }))}
        />
      </div>
      <Checkbox
        checked={step.required}
        onChange={({ target }) => onChange({ ...step, required: target.checked })}
      >
        {STEPS_TEXT.required}
      </Checkbox>
      <div className="standard-acts">
        <Button
          size="small"
          disabled={number === 1}
          aria-label={`${STEPS_TEXT.up}${name}`}
          onClick={() => onMove(-1)}
        >
          {STEPS_TEXT.up}
        </Button>
        <Button
          size="small"
          disabled={number === last}
          aria-label={`${STEPS_TEXT.down}${name}`}
          onClick={() => onMove(1)}
        >
          {STEPS_TEXT.down}
        </Button>
        <Button size="small" aria-label={`${STEPS_TEXT.remove}${name}`} onClick={onRemove}>
          {STEPS_TEXT.remove}
        </Button>
      </div>
    </fieldset>
  );
}

function isSame(one: DocumentEntry, other: DocumentEntry): boolean {
  return one.item === other.item && one.level === other.level;
}

const entryPlace = (entry: DocumentEntry) => ({
  read: ({ handbook }: Document): DocumentEntry | undefined => handbook.find((one) => isSame(one, entry)),
  write: (document: Document, next: DocumentEntry): Document => ({
    ...document,
    handbook: document.handbook.map((one) => (isSame(one, entry) ? next : one)),
  }),
});
