import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS, type SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Button, Checkbox } from 'antd';
import { type ReactElement, useState } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { COMPOSITE_FORM_TEXT as TEXT } from '../composite/text.ts';
import { PART_TEXT } from '../part-text.ts';
import { BasisFields } from './basis-fields.tsx';
import { ChoiceField } from './choice-field.tsx';
import {
  type CompositeDraft,
  compositeDraft,
  type CompositeLevelDraft,
  compositeOf,
  compositePlace,
  type DocumentComposite,
  NEW_LEVEL,
  newComposite,
} from './composite-draft.ts';
import { ConditionEditor } from './condition-editor.tsx';
import { faultsOfPart } from './faults-of.ts';
import { readForm } from './field-drafts.ts';
import { PartFoot } from './part-foot.tsx';
import { SpanField } from './span-field.tsx';
import { TextField } from './text-field.tsx';
import { useSavePart } from './use-save-part.ts';

interface CompositeFormProps {
  readonly draft: StandardDraftDetail;
  /** None begins a new one. */
  readonly composite: DocumentComposite | undefined;
  readonly onDone: () => void;
}

/** The form of one composite sign: rows of other signs and values; CEL only for whoever opens it. */
export function CompositeForm({ draft, composite, onDone }: CompositeFormProps): ReactElement {
  const [form, setForm] = useState<CompositeDraft>(() =>
    composite ? compositeDraft(composite) : newComposite(draft.document),
  );
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, compositePlace(form.code));
  const { document, faults } = saving.base;
  const foundOf = ({ composites = [] }: typeof document, all: typeof faults): readonly string[] => {
    const index = composites.findIndex(({ code }) => code === form.code);
    return faultsOfPart(all, 'composites', index).map(({ message }) => message);
  };
  const send = (): void => {
    const read = readForm(() => compositeOf(form));
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    saving.save(read.value, (saved) => {
      if (foundOf(saved.document, saved.faults).length === 0) onDone();
    });
  };
  const putLevel = (level: SignLevel, next: CompositeLevelDraft | undefined): void => {
    const levels = { ...form.levels };
    if (next) levels[level] = next;
    else delete levels[level];
    setForm({ ...form, levels });
  };
  return (
    <form
      className="standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Head form={form} document={document} onChange={setForm} />
      {SIGN_LEVELS.map((level) => (
        <LevelPart
          key={level}
          level={level}
          value={form.levels[level]}
          onChange={(next) => putLevel(level, next)}
        />
      ))}
      <fieldset className="standard-set">
        <legend>{TEXT.basis}</legend>
        <BasisFields value={form.basis} onChange={(basis) => setForm({ ...form, basis })} />
      </fieldset>
      <PartFoot saving={saving} fault={fault} found={foundOf(document, faults)} onDone={onDone} />
    </form>
  );
}

interface HeadProps {
  readonly form: CompositeDraft;
  readonly document: StandardDraftDetail['document'];
  readonly onChange: (form: CompositeDraft) => void;
}

function Head({ form, document, onChange }: HeadProps): ReactElement {
  const optionsOf = (rows: readonly { readonly code: string; readonly name: string }[]) =>
    rows.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));
  return (
    <fieldset className="standard-set">
      <legend>
        {TEXT.about} <span className="quiet">{form.code}</span>
      </legend>
      <TextField
        wide
        label={PART_TEXT.name}
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
      />
      <ChoiceField
        label={TEXT.item}
        value={form.item}
        options={optionsOf(document.items)}
        onChange={(item) => onChange({ ...form, item })}
      />
      <ChoiceField
        label={TEXT.element}
        value={form.element}
        options={optionsOf(document.elements)}
        onChange={(element) => onChange({ ...form, element })}
      />
      <SpanField label={TEXT.recover} value={form.off} onChange={(off) => onChange({ ...form, off })} />
      <TextField
        decimal
        label={TEXT.radius}
        value={form.radius}
        onChange={(radius) => onChange({ ...form, radius })}
      />
      <TextField
        decimal
        label={TEXT.window}
        value={form.windowMinutes}
        onChange={(windowMinutes) => onChange({ ...form, windowMinutes })}
      />
      <Checkbox
        checked={form.linked}
        onChange={({ target }) => onChange({ ...form, linked: target.checked })}
      >
        {TEXT.linked}
      </Checkbox>
      <Checkbox
        checked={form.sameTown}
        onChange={({ target }) => onChange({ ...form, sameTown: target.checked })}
      >
        {TEXT.sameTown}
      </Checkbox>
    </fieldset>
  );
}

interface LevelPartProps {
  readonly level: SignLevel;
  readonly value: CompositeLevelDraft | undefined;
  readonly onChange: (value: CompositeLevelDraft | undefined) => void;
}

function LevelPart({ level, value, onChange }: LevelPartProps): ReactElement {
  const name = LEVEL_TEXT[level];
  if (!value)
    return (
      <Button size="small" className="standard-wide" onClick={() => onChange(NEW_LEVEL)}>
        {TEXT.addLevel(name)}
      </Button>
    );
  return (
    <fieldset className="standard-set">
      <legend>
        <LevelTag level={level} />
        <Button size="small" onClick={() => onChange(undefined)}>
          {TEXT.removeLevel(name)}
        </Button>
      </legend>
      <ConditionEditor value={value} onChange={onChange} />
      <SpanField
        label={`${name}：${TEXT.delay}`}
        value={value.delay}
        onChange={(delay) => onChange({ ...value, delay })}
      />
    </fieldset>
  );
}
