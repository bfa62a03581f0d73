import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import type { StandardDraftDetail } from '#contract/standard';

import { Failure } from '../../../ui/states.tsx';
import { PART_TEXT } from '../part-text.ts';
import { TEXT } from '../text.ts';
import { type PartPlace, useSavePart } from './use-save-part.ts';

interface RemovePartProps<Part> {
  readonly draft: StandardDraftDetail;
  readonly place: PartPlace<Part | null>;
  readonly name: string;
}

/** Takes one part out of the draft, once asked whether that is meant. */
export function RemovePart<Part>({ draft, place, name }: RemovePartProps<Part>): ReactElement {
  const saving = useSavePart(draft, place);
  return (
    <>
      <Popconfirm
        title={PART_TEXT.removeSure(name)}
        description={saving.conflict ? PART_TEXT.conflictOther + PART_TEXT.removeWhy : PART_TEXT.removeWhy}
        okText={PART_TEXT.remove}
        cancelText={TEXT.cancel}
        onConfirm={() => saving.save(null, () => undefined)}
      >
        <Button aria-label={`${PART_TEXT.remove} ${name}`} loading={saving.pending}>
          {PART_TEXT.remove}
        </Button>
      </Popconfirm>
      {saving.error && <Failure error={saving.error} />}
    </>
  );
}
