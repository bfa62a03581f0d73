import { type IncidentDetail, incidentRoutes } from '#contract/response';
import { LOOP_TEXT } from '#model/response';
import type { Loop } from '#model/standard';
import { Button, Drawer, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { OrdersForm } from './open-incident.tsx';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';

type Move = IncidentDetail['allowedActions'][number];

/** What the caller may do to the loop, and orders that may be taken in. */
export function MoveButtons({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const [move, setMove] = useState<Move | 'adopt'>();
  return (
    <span className="incident-acts">
      {incident.mayLead && <Button onClick={() => setMove('adopt')}>{TEXT.adopt}</Button>}
      {incident.allowedActions.map((one) => (
        <Button
          key={one.action}
          type={one.action === 'take' ? 'primary' : 'default'}
          onClick={() => setMove(one)}
        >
          {one.text}
        </Button>
      ))}
      <Drawer
        open={move !== undefined}
        onClose={() => setMove(undefined)}
        title={move === 'adopt' ? TEXT.adopt : move?.text}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        {move === 'adopt' && (
          <OrdersForm send={TEXT.adopt} incident={incident.id} onDone={() => setMove(undefined)} />
        )}
        {move !== undefined && move !== 'adopt' && (
          <MoveForm incident={incident} move={move} onDone={() => setMove(undefined)} />
        )}
      </Drawer>
    </span>
  );
}

interface MoveFormProps {
  readonly incident: IncidentDetail;
  readonly move: Move;
  readonly onDone: () => void;
}

function MoveForm({ incident, move, onDone }: MoveFormProps): ReactElement {
  const [to, setTo] = useState<Loop | undefined>(move.to[0]);
  const { id, version } = incident;
  const moving = useIncidentAct(
    (reason: string) =>
      call(incidentRoutes.advanceIncident, {
        params: { id },
        body: { action: move.action, version, ...(to && { to }), ...(reason !== '' && { reason }) },
      }),
    onDone,
  );
  return (
    <ReasonForm
      send={move.text}
      label={TEXT.reason}
      optional={move.action === 'take'}
      pending={moving.isPending}
      error={moving.error}
      onSend={(reason) => moving.mutate(reason)}
    >
      {to !== undefined && (
        <div className="field">
          {TEXT.to}
          <Segmented<Loop>
            aria-label={TEXT.to}
            value={to}
            onChange={setTo}
            options={move.to.map((value) => ({ value, label: LOOP_TEXT[value] }))}
          />
        </div>
      )}
    </ReasonForm>
  );
}
