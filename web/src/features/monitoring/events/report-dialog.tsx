import { socialRoutes } from '#contract/monitoring';
import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ElementLookUp } from '../../../ui/look-up.tsx';
import { useEventAct } from './event-queries.ts';
import { REPORT_TEXT } from './text.ts';

const SHORTEST = 2;

/** 社会感知: somebody says what is the matter and where. */
export function ReportDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const id = useId();
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [place, setPlace] = useState('');
  const [element, setElement] = useState<string>();
  const report = useEventAct(socialRoutes.reportEvent, onClose);
  const isWhole = kind.trim() !== '' && text.trim().length >= SHORTEST;
  const send = (): void => {
    const where = place.trim() === '' ? {} : { place: place.trim() };
    report.mutate({ body: { kind: kind.trim(), text: text.trim(), element, ...where } });
  };
  return (
    <Modal
      open
      title={REPORT_TEXT.title}
      okText={REPORT_TEXT.send}
      cancelText={REPORT_TEXT.cancel}
      okButtonProps={{ disabled: !isWhole, loading: report.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="event-form">
        <label htmlFor={`${id}-kind`}>{REPORT_TEXT.kind}</label>
        <Input
          id={`${id}-kind`}
          maxLength={60}
          placeholder={REPORT_TEXT.kindHint}
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        />
        <label htmlFor={`${id}-text`}>{REPORT_TEXT.text}</label>
        <Input.TextArea
          id={`${id}-text`}
          rows={4}
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <label htmlFor={`${id}-place`}>{REPORT_TEXT.place}</label>
        <Input
          id={`${id}-place`}
          maxLength={100}
          placeholder={REPORT_TEXT.placeHint}
          value={place}
          onChange={({ target }) => setPlace(target.value)}
        />
        <label htmlFor={`${id}-element`}>{REPORT_TEXT.element}</label>
        <ElementLookUp
          id={`${id}-element`}
          label={REPORT_TEXT.element}
          value={element}
          onChange={setElement}
        />
        {report.error && <Failure error={report.error} />}
      </div>
    </Modal>
  );
}
