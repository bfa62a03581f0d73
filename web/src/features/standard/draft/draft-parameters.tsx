import type { StandardDraftDetail } from '#contract/standard';
import { unitText } from '#model/standard';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { PARAMETER_FORM_TEXT } from '../part-text.ts';
import { faultsOfPart } from './faults-of.ts';
import { ParameterForm } from './parameter-form.tsx';
import { PartDrawer } from './part-drawer.tsx';
import { parameterPlace } from './part-place.ts';
import { PartTable } from './part-table.tsx';
import { RemovePart } from './remove-part.tsx';
import { useEditing } from './use-editing.ts';

/** The parameters of objects in a draft. */
export function DraftParameters({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const { document, faults } = draft;
  const editing = useEditing(document.parameters);
  return (
    <>
      <PartTable
        columns={PARAMETER_FORM_TEXT.columns}
        none={PARAMETER_FORM_TEXT.none}
        mayEdit={draft.allowedActions.includes('edit')}
        onEdit={editing.edit}
        add={PARAMETER_FORM_TEXT.add}
        onAdd={editing.add}
        rows={document.parameters.map(({ code, name, unit, range }, i) => ({
          code,
          name,
          faults: faultsOfPart(faults, 'parameters', i).map(({ message }) => message),
          cells: [unitText(unit), `${formatNumber(range[0])}–${formatNumber(range[1])}`],
          remove: <RemovePart key={draft.version} draft={draft} place={parameterPlace(code)} name={name} />,
        }))}
      />
      <PartDrawer
        open={editing.open}
        onClose={editing.close}
        title={PARAMETER_FORM_TEXT.title(editing.row?.name ?? '')}
      >
        <ParameterForm draft={draft} parameter={editing.row} onDone={editing.close} />
      </PartDrawer>
    </>
  );
}
