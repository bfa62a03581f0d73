import type { StandardDraftDetail } from '#contract/standard';
import { ITEM_KINDS, VERIFICATIONS } from '#model/standard';
import { type ReactElement, useState } from 'react';

import { ITEM_FORM_TEXT, PART_TEXT } from '../part-text.ts';
import { ChoiceField } from './choice-field.tsx';
import { faultsOfPart } from './faults-of.ts';
import { readForm, textOf } from './field-drafts.ts';
import { PartFoot } from './part-foot.tsx';
import { type DocumentItem, itemPlace } from './part-place.ts';
import type { Document } from './sign-draft.ts';
import { TextField } from './text-field.tsx';
import { useSavePart } from './use-save-part.ts';

interface ItemFormProps {
  readonly draft: StandardDraftDetail;
  /** None begins a new one. */
  readonly item: DocumentItem | undefined;
  readonly onDone: () => void;
}

/** The form of one warning item: what can happen, and how an alarm of it becomes a warning. */
export function ItemForm({ draft, item, onDone }: ItemFormProps): ReactElement {
  const [form, setForm] = useState<DocumentItem>(() => item ?? newItem(draft.document));
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, itemPlace(form.code));
  const { document, faults } = saving.base;
  const index = document.items.findIndex(({ code }) => code === form.code);
  const found = faultsOfPart(faults, 'items', index).map(({ message }) => message);
  const send = (): void => {
    const read = readForm(() => ({
      ...form,
      name: textOf(form.name, PART_TEXT.name),
      summary: textOf(form.summary, ITEM_FORM_TEXT.summary),
    }));
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    saving.save(read.value, (saved) => {
      const at = saved.document.items.findIndex(({ code }) => code === form.code);
      if (faultsOfPart(saved.faults, 'items', at).length === 0) onDone();
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
        <legend>{form.code}</legend>
        <TextField
          wide
          label={PART_TEXT.name}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
        />
        <ChoiceField
          label={ITEM_FORM_TEXT.kind}
          value={form.kind}
          options={ITEM_KINDS.map((value) => ({ value, label: ITEM_FORM_TEXT.kinds[value] }))}
          onChange={(kind) => setForm({ ...form, kind })}
        />
        <ChoiceField
          label={ITEM_FORM_TEXT.verification}
          value={form.verification}
          options={VERIFICATIONS.map((value) => ({ value, label: ITEM_FORM_TEXT.verifications[value] }))}
          onChange={(verification) => setForm({ ...form, verification })}
        />
        <TextField
          wide
          rows={2}
          label={ITEM_FORM_TEXT.summary}
          value={form.summary}
          onChange={(summary) => setForm({ ...form, summary })}
        />
      </fieldset>
      <PartFoot saving={saving} fault={fault} found={found} onDone={onDone} />
    </form>
  );
}

/** Under the next number that is free. */
function newItem({ scenario, items }: Document): DocumentItem {
  const used = items.map(({ code }) => Number(/\.I(\d{2})$/u.exec(code)?.[1] ?? 0));
  const number = String(Math.max(0, ...used) + 1).padStart(2, '0');
  return { code: `${scenario}.I${number}`, name: '', kind: '预警', verification: 'automatic', summary: '' };
}
