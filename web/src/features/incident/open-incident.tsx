import { incidentRoutes } from '#contract/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../app/beijing-input.ts';
import { call } from '../../app/call.ts';
import { useCan } from '../../app/session.ts';
import { SubmitFoot } from '../../ui/submit-foot.tsx';
import { TEXT } from './text.ts';
import { type Wanted, WantedFields } from './wanted-fields.tsx';

const HOUR_MS = 3_600_000;
const newWanted = (): Wanted => ({ scenarios: [], since: fieldOf(Date.now() - 6 * HOUR_MS), reason: '' });

/** “建立事件” for whoever leads: out of the open orders of scenarios. */
export function OpenIncidentButton(): ReactElement | null {
  const may = useCan('incident.lead');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {TEXT.openByHand}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.openByHand}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <OrdersForm send={TEXT.submit} named onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface OrdersFormProps {
  readonly send: string;
  /** A new incident with a name; otherwise into `incident`. */
  readonly named?: boolean;
  readonly incident?: number;
  readonly onDone: () => void;
}

/** Opens an incident out of orders, or takes more into one. */
export function OrdersForm({ send, named = false, incident, onDone }: OrdersFormProps): ReactElement {
  const [title, setTitle] = useState('');
  const [wanted, setWanted] = useState(newWanted);
  const client = useQueryClient();
  const navigate = useNavigate();
  const since = momentOf(wanted.since);
  const ready =
    (!named || title.trim().length > 1) &&
    wanted.scenarios.length > 0 &&
    since !== null &&
    wanted.reason.trim().length > 1;
  const taking = useMutation({
    mutationFn: async () => {
      const body = {
        reason: wanted.reason,
        matching: { scenarios: [...wanted.scenarios], since: since ?? 0 },
      };
      if (incident !== undefined) await call(incidentRoutes.adoptOrders, { params: { id: incident }, body });
      return incident ?? (await call(incidentRoutes.openIncident, { body: { ...body, title } })).id;
    },
    onSuccess: (id) => {
      void client.invalidateQueries({ queryKey: ['incident'] });
      onDone();
      if (named) void navigate({ to: '/orders/incidents/$id', params: { id: String(id) } });
    },
  });
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) taking.mutate();
      }}
    >
      {named && (
        <label className="field">
          {TEXT.name}
          <Input maxLength={100} value={title} onChange={({ target }) => setTitle(target.value)} />
        </label>
      )}
      <WantedFields value={wanted} onChange={setWanted} />
      <SubmitFoot submit={send} ready={ready} sending={taking} onCancel={onDone} />
    </form>
  );
}
