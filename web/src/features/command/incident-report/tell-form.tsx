import { incidentReportRoutes } from '#contract/command';
import { type Casualties, REPORT_TRIGGER_TEXT, TOLD_TRIGGERS } from '#model/command';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { Failure } from '../../../ui/states.tsx';
import { useAct } from '../use-act.ts';
import { CasualtyFields } from './casualty-fields.tsx';
import { randomKey } from '../../../app/random-key.ts';
import { REPORT_TEXT } from './text.ts';

interface TellFormProps {
  /** Whose people tell it. */
  readonly platform: string;
  readonly onClose: () => void;
}

/** An emergency or an accident in a minute: what, when, who was harmed; the duties follow by themselves. */
export function TellForm({ platform, onClose }: TellFormProps): ReactElement {
  const navigate = useNavigate();
  const [key] = useState(randomKey);
  const [now] = useState(() => Date.now());
  const [trigger, setTrigger] = useState<(typeof TOLD_TRIGGERS)[number]>('emergency');
  const [title, setTitle] = useState('');
  const [told, setTold] = useState('');
  const [eventAt, setEventAt] = useState(() => fieldOf(now));
  const [casualties, setCasualties] = useState<Casualties>({
    deaths: null,
    injuries: null,
    unaccounted: null,
  });
  const tell = useAct(incidentReportRoutes.tellReportMatter, ({ id }) => {
    onClose();
    void navigate({ to: '/command/reports/$id', params: { id: String(id) } });
  });
  const send = (): void => {
    const at = Math.min(momentOf(eventAt) ?? now, now);
    const body = {
      trigger,
      platform,
      title,
      told,
      eventAt: at,
      knownAt: now,
      casualties,
      idempotencyKey: key,
    };
    tell.mutate({ body });
  };
  return (
    <Modal
      open
      className="command-modal"
      title={REPORT_TEXT.tell}
      onCancel={onClose}
      onOk={send}
      okText={REPORT_TEXT.sendTold}
      okButtonProps={{ disabled: title.trim().length < 2 || told.trim().length < 2 }}
      cancelText={REPORT_TEXT.cancel}
      confirmLoading={tell.isPending}
    >
      <div className="command-form">
        <Segmented
          block
          aria-label={REPORT_TEXT.kind}
          value={trigger}
          onChange={setTrigger}
          options={TOLD_TRIGGERS.map((value) => ({ value, label: REPORT_TRIGGER_TEXT[value] }))}
        />
        <label>
          <span className="form-label">{REPORT_TEXT.what}</span>
          <Input maxLength={100} value={title} onChange={({ target }) => setTitle(target.value)} />
        </label>
        <label>
          <span className="form-label">{REPORT_TEXT.told}</span>
          <Input.TextArea
            autoSize={{ minRows: 3 }}
            maxLength={2000}
            value={told}
            onChange={({ target }) => setTold(target.value)}
          />
        </label>
        <label>
          <span className="form-label">{REPORT_TEXT.eventAt}</span>
          <Input type="datetime-local" value={eventAt} onChange={({ target }) => setEventAt(target.value)} />
        </label>
        <CasualtyFields value={casualties} onChange={setCasualties} />
        {tell.error && <Failure error={tell.error} />}
      </div>
    </Modal>
  );
}
