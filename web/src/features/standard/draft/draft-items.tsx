import type { StandardDraftDetail } from '#contract/standard';
import type { ReactElement } from 'react';

import { ITEM_FORM_TEXT } from '../part-text.ts';
import { faultsOfPart } from './faults-of.ts';
import { ItemForm } from './item-form.tsx';
import { PartDrawer } from './part-drawer.tsx';
import { itemPlace } from './part-place.ts';
import { PartTable } from './part-table.tsx';
import { RemovePart } from './remove-part.tsx';
import { useEditing } from './use-editing.ts';

/** The warning items of a draft. */
export function DraftItems({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const { document, faults } = draft;
  const editing = useEditing(document.items);
  return (
    <>
      <PartTable
        columns={ITEM_FORM_TEXT.columns}
        none={ITEM_FORM_TEXT.none}
        mayEdit={draft.allowedActions.includes('edit')}
        onEdit={editing.edit}
        add={ITEM_FORM_TEXT.add}
        onAdd={editing.add}
        rows={document.items.map(({ code, name, kind, verification }, i) => ({
          code,
          name,
          faults: faultsOfPart(faults, 'items', i).map(({ message }) => message),
          cells: [kind, ITEM_FORM_TEXT.verifications[verification]],
          remove: <RemovePart key={draft.version} draft={draft} place={itemPlace(code)} name={name} />,
        }))}
      />
      <PartDrawer
        open={editing.open}
        onClose={editing.close}
        title={ITEM_FORM_TEXT.title(editing.row?.name ?? '')}
      >
        <ItemForm draft={draft} item={editing.row} onDone={editing.close} />
      </PartDrawer>
    </>
  );
}
