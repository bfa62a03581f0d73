import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { PART_TEXT } from '../part-text.ts';
import { FormFoot } from './form-foot.tsx';

interface PartFootProps {
  /** What saving came to. */
  readonly saving: {
    readonly pending: boolean;
    readonly error: Error | null;
    readonly conflict: { readonly theirs: unknown } | undefined;
  };
  /** The field that could not be read. */
  readonly fault: string | undefined;
  /** The linter's sentences that stand at no field. */
  readonly found: readonly string[];
  readonly onDone: () => void;
}

/** The foot of a form of one part of a draft: what is wrong, and the way out. */
export function PartFoot({ saving, fault, found, onDone }: PartFootProps): ReactElement {
  return (
    <FormFoot send={SIGN_FORM_TEXT.save} pending={saving.pending} onDone={onDone}>
      {found.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={SIGN_FORM_TEXT.faults}
          description={found.map((message) => (
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
            saving.conflict.theirs === null
              ? PART_TEXT.conflictSame
              : `${PART_TEXT.conflictOther}${PART_TEXT.conflictAgain}`
          }
        />
      )}
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {saving.error && <Failure error={saving.error} />}
    </FormFoot>
  );
}
