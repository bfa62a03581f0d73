import { orderLinkRoutes } from '#contract/response';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { SubmitFoot } from '../../../ui/submit-foot.tsx';
import { LINK_TEXT } from './text.ts';

interface LinkFormProps {
  readonly order: number;
  readonly onMade: () => void;
  readonly onDone: () => void;
}

/** For whom, and until when; then the link itself, once. */
export function LinkForm({ order, onMade, onDone }: LinkFormProps): ReactElement {
  const id = useId();
  const [person, setPerson] = useState('');
  const [handUnit, setHandUnit] = useState('');
  const [callPhone, setCallPhone] = useState('');
  const [hours, setHours] = useState<number>(24);
  const issue = useMutation({
    mutationFn: () =>
      call(orderLinkRoutes.issueOrderLink, {
        params: { id: order },
        body: { person, handUnit, hours, ...(callPhone.trim() === '' ? {} : { callPhone }) },
      }),
    onSuccess: onMade,
  });
  if (issue.data)
    return <Made address={`${location.origin}${issue.data.path}`} person={person} onDone={onDone} />;
  const ready = person.trim() !== '' && handUnit.trim() !== '';
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) issue.mutate();
      }}
    >
      <p className="quiet">{LINK_TEXT.about}</p>
      <label className="field">
        {LINK_TEXT.person}
        <Input maxLength={40} value={person} onChange={({ target }) => setPerson(target.value)} />
      </label>
      <label className="field">
        {LINK_TEXT.handUnit}
        <Input maxLength={60} value={handUnit} onChange={({ target }) => setHandUnit(target.value)} />
      </label>
      <label className="field">
        {LINK_TEXT.callPhone}
        <Input
          type="tel"
          maxLength={20}
          value={callPhone}
          onChange={({ target }) => setCallPhone(target.value)}
        />
      </label>
      <div className="field">
        <label htmlFor={id}>{LINK_TEXT.hours}</label>
        <Select<number> id={id} value={hours} onChange={setHours} options={[...LINK_TEXT.hoursOptions]} />
      </div>
      <SubmitFoot submit={LINK_TEXT.submit} ready={ready} sending={issue} onCancel={onDone} />
    </form>
  );
}

function Made({
  address,
  person,
  onDone,
}: {
  readonly address: string;
  readonly person: string;
  readonly onDone: () => void;
}): ReactElement {
  const [copied, setCopied] = useState(false);
  const [fault, setFault] = useState<Error>();
  // A page without HTTPS has no clipboard: the field can be marked and copied by hand.
  const clipboard: Clipboard | undefined = window.isSecureContext ? navigator.clipboard : undefined;
  return (
    <div className="hand-form">
      <Alert type="success" showIcon role="status" title={LINK_TEXT.made(person)} />
      <Input.TextArea
        aria-label={LINK_TEXT.links}
        readOnly
        autoSize
        value={address}
        onFocus={({ target }) => target.select()}
      />
      {fault && <Failure error={fault} />}
      <div className="action-buttons">
        {clipboard && (
          <Button
            size="large"
            onClick={() =>
              void clipboard.writeText(address).then(
                () => setCopied(true),
                (error: Error) => setFault(error),
              )
            }
          >
            {copied ? LINK_TEXT.copied : LINK_TEXT.copy}
          </Button>
        )}
        <Button size="large" type="primary" onClick={onDone}>
          {LINK_TEXT.done}
        </Button>
      </div>
    </div>
  );
}
