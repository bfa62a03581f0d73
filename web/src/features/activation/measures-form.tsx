import { type Activation, activationRoutes } from '#contract/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { areWhole, draftsOf, MeasureRows } from './measure-rows.tsx';
import { TEXT } from './text.ts';

interface MeasuresFormProps {
  readonly activation: Activation;
  readonly onDone: () => void;
}

/** Changes what a standing response obliges; what is done of it stays done. */
export function MeasuresForm({ activation, onDone }: MeasuresFormProps): ReactElement {
  const [drafts, setDrafts] = useState(() =>
    draftsOf(activation.measures.map(({ text, unit, doneAt }) => ({ text, unit, done: doneAt !== null }))),
  );
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (reason: string) =>
      call(activationRoutes.putMeasures, {
        params: { id: activation.id },
        body: {
          version: activation.version,
          reason,
          measures: drafts.map(({ text, unit, done }) => ({ text, unit, done })),
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['activation'] });
      onDone();
    },
  });
  return (
    <ReasonForm
      send={TEXT.saveMeasures}
      label={TEXT.reason}
      disabled={!areWhole(drafts)}
      pending={save.isPending}
      error={save.error}
      onSend={(reason) => save.mutate(reason)}
    >
      <MeasureRows value={drafts} onChange={setDrafts} />
    </ReasonForm>
  );
}
