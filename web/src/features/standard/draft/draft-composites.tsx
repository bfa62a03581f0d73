import { conditionWords, type StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS, unitText } from '#model/standard';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { Condition } from '../composite/condition.tsx';
import { COMPOSITE_FORM_TEXT } from '../composite/text.ts';
import { CompositeForm } from './composite-form.tsx';
import { compositePlace } from './composite-draft.ts';
import { faultsOfPart } from './faults-of.ts';
import { PartDrawer } from './part-drawer.tsx';
import { PartTable } from './part-table.tsx';
import { RemovePart } from './remove-part.tsx';
import { type Called, useAllNames } from '../use-all-names.ts';
import { useEditing } from './use-editing.ts';

/** The composite signs of a draft. */
export function DraftComposites({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const { document, faults } = draft;
  const composites = document.composites ?? [];
  const editing = useEditing(composites);
  const nameOf = useNameOf(document);
  return (
    <>
      <PartTable
        columns={COMPOSITE_FORM_TEXT.columns}
        none={COMPOSITE_FORM_TEXT.none}
        mayEdit={draft.allowedActions.includes('edit')}
        onEdit={editing.edit}
        add={COMPOSITE_FORM_TEXT.add}
        onAdd={editing.add}
        rows={composites.map(({ code, name, element, levels }, i) => ({
          code,
          name,
          faults: faultsOfPart(faults, 'composites', i).map(({ message }) => message),
          cells: [
            nameOf(element).name,
            SIGN_LEVELS.flatMap((level) => {
              const cell = levels[level];
              if (!cell) return [];
              const words = conditionWords(cell.when, nameOf) ?? null;
              return [
                <div key={level} className="standard-line">
                  <LevelTag level={level} /> <Condition words={words} when={cell.when} />
                </div>,
              ];
            }),
          ],
          remove: <RemovePart key={draft.version} draft={draft} place={compositePlace(code)} name={name} />,
        }))}
      />
      <PartDrawer
        open={editing.open}
        onClose={editing.close}
        title={COMPOSITE_FORM_TEXT.title(editing.row?.name ?? '')}
      >
        <CompositeForm draft={draft} composite={editing.row} onDone={editing.close} />
      </PartDrawer>
    </>
  );
}

/** What this draft calls things; what is another scenario's is called as in the standard in force. */
function useNameOf({ elements, items, signs }: StandardDraftDetail['document']) {
  const others = useAllNames();
  const names = new Map<string, Called>([
    ...others,
    ...items.map(({ code, name }): [string, Called] => [code, { name }]),
    ...signs.map(({ code, name }): [string, Called] => [code, { name }]),
    ...elements.map(({ code, name, unit }): [string, Called] => [code, { name, unit: unitText(unit) }]),
  ]);
  return (code: string) => names.get(code) ?? { name: code };
}
