import { type StandardDraftDetail, versionRoutes } from '#contract/standard';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ACT_TEXT } from '../draft-text.ts';
import { useAct } from '../queries.ts';
import { NoteDialog } from './note-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';

/** What whoever looks at a draft may do with it. */
export function DraftActs({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const [asking, setAsking] = useState<'publish' | 'refuse'>();
  const close = (): void => setAsking(undefined);
  const submitting = useAct(versionRoutes.submitStandardDraft);
  const withdrawing = useAct(versionRoutes.withdrawStandardDraft);
  const refusing = useAct(versionRoutes.refuseStandardDraft, close);
  const publishing = useAct(versionRoutes.publishStandardDraft, close);
  const { version, allowedActions } = draft;
  const params = { id: draft.id };
  const may = (action: (typeof allowedActions)[number]): boolean => allowedActions.includes(action);
  const dirty = draft.faults.length > 0;
  const error = submitting.error ?? withdrawing.error;
  return (
    <div className="standard-notices">
      <div className="standard-acts">
        {may('submit') && (
          <Button
            type="primary"
            disabled={dirty}
            title={dirty ? ACT_TEXT.dirty : undefined}
            loading={submitting.isPending}
            onClick={() => submitting.mutate({ params, body: { version } })}
          >
            {ACT_TEXT.submit}
          </Button>
        )}
        {may('publish') && (
          <Button type="primary" onClick={() => setAsking('publish')}>
            {ACT_TEXT.publish}
          </Button>
        )}
        {may('refuse') && <Button onClick={() => setAsking('refuse')}>{ACT_TEXT.refuse}</Button>}
        {may('withdraw') && (
          <Button
            loading={withdrawing.isPending}
            onClick={() => withdrawing.mutate({ params, body: { version } })}
          >
            {ACT_TEXT.withdraw}
          </Button>
        )}
      </div>
      {error && <Failure error={error} />}
      {asking === 'publish' && (
        <PublishDialog
          pending={publishing.isPending}
          error={publishing.error}
          scenario={draft.scenario}
          onSend={(publication) => publishing.mutate({ params, body: { version, ...publication } })}
          onClose={close}
        />
      )}
      {asking === 'refuse' && (
        <NoteDialog
          title={ACT_TEXT.refuse}
          label={ACT_TEXT.refuseNote}
          pending={refusing.isPending}
          error={refusing.error}
          onSend={(note) => refusing.mutate({ params, body: { version, note } })}
          onClose={close}
        />
      )}
    </div>
  );
}
