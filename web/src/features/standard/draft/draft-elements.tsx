import type { StandardDraftDetail } from '#contract/standard';
import { unitText } from '#model/standard';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { ELEMENT_FORM_TEXT } from '../part-text.ts';
import { TEXT } from '../text.ts';
import { spanText } from '../words.ts';
import { ElementForm } from './element-form.tsx';
import { faultsOfPart } from './faults-of.ts';
import { PartDrawer } from './part-drawer.tsx';
import { elementPlace } from './part-place.ts';
import { PartTable } from './part-table.tsx';
import { RemovePart } from './remove-part.tsx';
import { useEditing } from './use-editing.ts';

/** The elements of a draft. */
export function DraftElements({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const { document, faults } = draft;
  const editing = useEditing(document.elements);
  return (
    <>
      <PartTable
        columns={ELEMENT_FORM_TEXT.columns}
        none={ELEMENT_FORM_TEXT.none}
        mayEdit={draft.allowedActions.includes('edit')}
        onEdit={editing.edit}
        add={ELEMENT_FORM_TEXT.add}
        onAdd={editing.add}
        rows={document.elements.map(({ code, name, unit, periodSeconds, range }, i) => ({
          code,
          name,
          faults: faultsOfPart(faults, 'elements', i).map(({ message }) => message),
          cells: [
            unitText(unit),
            periodSeconds === 0 ? ELEMENT_FORM_TEXT.event : spanText(periodSeconds),
            range === null ? TEXT.dash : `${formatNumber(range[0])}–${formatNumber(range[1])}`,
          ],
          remove: <RemovePart key={draft.version} draft={draft} place={elementPlace(code)} name={name} />,
        }))}
      />
      <PartDrawer
        open={editing.open}
        onClose={editing.close}
        title={ELEMENT_FORM_TEXT.title(editing.row?.name ?? '')}
      >
        <ElementForm draft={draft} element={editing.row} onDone={editing.close} />
      </PartDrawer>
    </>
  );
}
