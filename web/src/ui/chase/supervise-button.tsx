import { chaseRoutes } from '#contract/response';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useRef, useState } from 'react';

import { fieldOf, momentOf } from '../../app/beijing-input.ts';
import { call } from '../../app/call.ts';
import { randomKey } from '../../app/random-key.ts';
import { SendKey } from '../../app/send-key.ts';
import { useCan } from '../../app/session.ts';
import { PlatformLookUp } from '../look-up.tsx';
import { SubmitFoot } from '../submit-foot.tsx';

const TEXT = {
  issue: '督办',
  title: '发督办',
  about: '就什么',
  to: '向谁',
  asked: '要求说明什么',
  askedHint: '例如：为何无人接单，何时到场',
  answerBy: '答复时限',
  submit: '发出',
} as const;
const HOUR_MS = 3_600_000;
const ASKED_LENGTH = 5;

interface About {
  /** What it is called. */
  readonly name: string;
  readonly orders: readonly number[];
  readonly incident?: number;
  /** Who is asked unless another is chosen. */
  readonly platform: { readonly code: string; readonly name: string };
}

/** “督办” for whoever may ask a platform to answer. */
export function SuperviseButton({ about }: { readonly about: About }): ReactElement | null {
  const may = useCan('supervision.issue');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{TEXT.issue}</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.title}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        <IssueForm about={about} onCancel={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface IssueProps {
  readonly about: About;
  readonly onCancel: () => void;
}

function IssueForm({ about, onCancel }: IssueProps): ReactElement {
  const navigate = useNavigate();
  const [platform, setPlatform] = useState<string | undefined>(about.platform.code);
  const [asked, setAsked] = useState('');
  const [until, setUntil] = useState(() => fieldOf(Date.now() + HOUR_MS));
  const sendKey = useRef(new SendKey(randomKey));
  const answerBy = momentOf(until);
  const issue = useMutation({
    mutationFn: () => {
      const { orders, incident } = about;
      const body = {
        platform: platform ?? about.platform.code,
        orders: [...orders],
        ...(incident === undefined ? {} : { incident }),
        asked: asked.trim(),
        answerBy: answerBy ?? 0,
      };
      const idempotencyKey = sendKey.current.for(JSON.stringify(body));
      return call(chaseRoutes.issueSupervision, { body: { ...body, idempotencyKey } });
    },
    onSuccess: (made) => void navigate({ to: '/orders/supervisions/$id', params: { id: String(made.id) } }),
  });
  const ready = asked.trim().length >= ASKED_LENGTH && answerBy !== null && platform !== undefined;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) issue.mutate();
      }}
    >
      <p>
        {TEXT.about}：<strong>{about.name}</strong>
      </p>
      <div className="field">
        {TEXT.to}
        <PlatformLookUp
          label={TEXT.to}
          value={platform}
          valueName={about.platform.name}
          onChange={setPlatform}
        />
      </div>
      <label className="field">
        {TEXT.asked}
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          placeholder={TEXT.askedHint}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
        />
      </label>
      <label className="field">
        {TEXT.answerBy}
        <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <SubmitFoot submit={TEXT.submit} ready={ready} sending={issue} onCancel={onCancel} />
    </form>
  );
}
