import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { elementChoiceQuery, useOffer } from './sharing-queries.ts';
import { OFFER_TEXT } from './text.ts';

interface OfferDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Puts a part of a platform's data into the catalogue. */
export function OfferDrawer({ open, onClose }: OfferDrawerProps): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(560px, 100vw)" title={OFFER_TEXT.title} destroyOnHidden>
      <Form onDone={onClose} />
    </Drawer>
  );
}

function Form({ onDone }: { readonly onDone: () => void }): ReactElement {
  const id = useId();
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState<string>();
  const [territory, setTerritory] = useState<string>();
  const [codes, setCodes] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string>();
  const known = useQuery(elementChoiceQuery);
  const offering = useOffer();
  const send = (): void => {
    const wrong =
      name.trim() === ''
        ? OFFER_TEXT.faults.name
        : platform === undefined
          ? OFFER_TEXT.faults.platform
          : undefined;
    setFault(wrong);
    if (wrong !== undefined || platform === undefined) return;
    const body = { name, platform, elements: codes, territory, note: note.trim() || undefined };
    offering.mutate(body, { onSuccess: onDone });
  };
  return (
    <form
      className="gateway-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={`${id}-name`}>{OFFER_TEXT.name}</label>
      <Input
        id={`${id}-name`}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-platform`}>{OFFER_TEXT.platform}</label>
      <PlatformSelect id={`${id}-platform`} value={platform} onChange={setPlatform} />
      <label htmlFor={`${id}-elements`}>{OFFER_TEXT.elements}</label>
      <Select
        id={`${id}-elements`}
        mode="multiple"
        value={codes}
        loading={known.isFetching}
        optionFilterProp="label"
        onChange={(chosen: string[]) => setCodes(chosen)}
        options={(known.data?.items ?? []).map((element) => ({
          value: element.code,
          label: `${element.name}（${element.code}）`,
        }))}
      />
      <label htmlFor={`${id}-territory`}>{OFFER_TEXT.territory}</label>
      <PlatformSelect id={`${id}-territory`} value={territory} onChange={setTerritory} />
      <label htmlFor={`${id}-note`}>{OFFER_TEXT.note}</label>
      <Input.TextArea
        id={`${id}-note`}
        value={note}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        onChange={(event) => setNote(event.target.value)}
      />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {offering.error && <Failure error={offering.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={offering.isPending}>
        {OFFER_TEXT.send}
      </Button>
    </form>
  );
}
