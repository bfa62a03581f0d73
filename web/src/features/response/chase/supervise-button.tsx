import { chaseRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useRef, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { call } from '../../../app/call.ts';
import { useCan } from '../../../app/session.ts';
import { Failure } from '../../../ui/states.tsx';
import { randomKey } from '../../../app/random-key.ts';
import { SendKey } from '../send-key.ts';
import { CHASE_TEXT } from './text.ts';

const HOUR_MS = 3_600_000;
const ASKED_LENGTH = 5;

/** “督办” for whoever may ask the order’s platform to answer. */
export function SuperviseButton({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const may = useCan('supervision.issue');
  const [open, setOpen] = useState(false);
  if (!may || order.state === 'closed') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{CHASE_TEXT.issue}</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={CHASE_TEXT.issueTitle}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        <IssueForm order={order} onCancel={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface IssueProps {
  readonly order: WorkOrderDetail;
  readonly onCancel: () => void;
}

function IssueForm({ order, onCancel }: IssueProps): ReactElement {
  const navigate = useNavigate();
  const [asked, setAsked] = useState('');
  const [until, setUntil] = useState(() => fieldOf(Date.now() + HOUR_MS));
  const sendKey = useRef(new SendKey(randomKey));
  const answerBy = momentOf(until);
  const issue = useMutation({
    mutationFn: () => {
      const body = {
        platform: order.scenario,
        orders: [order.id],
        asked: asked.trim(),
        answerBy: answerBy ?? 0,
      };
      const idempotencyKey = sendKey.current.for(JSON.stringify(body));
      return call(chaseRoutes.issueSupervision, { body: { ...body, idempotencyKey } });
    },
    onSuccess: (made) => void navigate({ to: '/orders/supervisions/$id', params: { id: String(made.id) } }),
  });
  const ready = asked.trim().length >= ASKED_LENGTH && answerBy !== null;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) issue.mutate();
      }}
    >
      <p>
        {CHASE_TEXT.to}：<strong>{order.scenarioName}</strong> <span className="figures">{order.code}</span>
      </p>
      <label className="field">
        {CHASE_TEXT.asked}
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          placeholder={CHASE_TEXT.askedHint}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
        />
      </label>
      <label className="field">
        {CHASE_TEXT.answerBy}
        <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      {issue.error && <Failure error={issue.error} />}
      <div className="action-buttons">
        <Button size="large" onClick={onCancel}>
          {CHASE_TEXT.cancel}
        </Button>
        <Button size="large" type="primary" htmlType="submit" disabled={!ready} loading={issue.isPending}>
          {CHASE_TEXT.submit}
        </Button>
      </div>
    </form>
  );
}
