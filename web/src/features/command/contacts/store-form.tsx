import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { commandRoutes, type Store } from '#contract/command';
import { Button, Checkbox, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ContactSelect } from '../contact-select.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { startStore, storeBody, type StoreDraft } from './store-body.ts';
import { STORE_FORM_TEXT as WORDS } from './text.ts';

interface StoreFormProps {
  /** Absent: a new one. */
  readonly store?: Store;
  readonly platform?: string | undefined;
  readonly onClose: () => void;
}

/** An emergency store and what lies in it. */
export function StoreForm({ store, platform, onClose }: StoreFormProps): ReactElement {
  const [draft, setDraft] = useState<StoreDraft>(() => startStore(store, platform));
  const change = (part: Partial<StoreDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const create = useAct(commandRoutes.createStore, onClose);
  const update = useAct(commandRoutes.updateStore, onClose);
  const checked = storeBody(draft);
  const error = create.error ?? update.error;
  const send = (): void => {
    if ('fault' in checked) return;
    const checkedAt = draft.checked ? Date.now() : (store?.checkedAt ?? null);
    const body = { ...checked.body, checkedAt };
    if (store) update.mutate({ params: { id: store.id }, body: { ...body, version: store.version } });
    else create.mutate({ body: { ...body, platform: draft.platform ?? '' } });
  };
  return (
    <Modal
      open
      className="command-modal"
      title={store ? WORDS.edit : WORDS.add}
      onCancel={onClose}
      onOk={send}
      okText={TEXT.save}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: 'fault' in checked }}
      confirmLoading={create.isPending || update.isPending}
    >
      <div className="command-form">
        <label>
          <span className="form-label">{WORDS.name}</span>
          <Input
            autoFocus
            maxLength={100}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </label>
        <label>
          <span className="form-label">{WORDS.address}</span>
          <Input
            maxLength={200}
            value={draft.address}
            onChange={({ target }) => change({ address: target.value })}
          />
        </label>
        <Place draft={draft} change={change} />
        <div className="form-field">
          <span className="form-label">{WORDS.keeper}</span>
          <ContactSelect
            label={WORDS.keeper}
            value={draft.keeper}
            onChange={(keeper) => change({ keeper })}
          />
        </div>
        <Items draft={draft} change={change} />
        <Checkbox checked={draft.checked} onChange={({ target }) => change({ checked: target.checked })}>
          {WORDS.checkedNow}
        </Checkbox>
        <label>
          <span className="form-label">{WORDS.note}</span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 5 }}
            maxLength={500}
            value={draft.note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </label>
        {!store && (
          <div className="form-field">
            <span className="form-label">{WORDS.platform}</span>
            <PlatformSelect
              value={draft.platform}
              label={WORDS.platform}
              onChange={(code) => change({ platform: code })}
            />
          </div>
        )}
        {'fault' in checked && <p className="form-hint">{checked.fault}</p>}
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}

interface PartProps {
  readonly draft: StoreDraft;
  readonly change: (part: Partial<StoreDraft>) => void;
}

/** Coordinates, typed or taken where one stands. */
function Place({ draft, change }: PartProps): ReactElement {
  const [failed, setFailed] = useState(false);
  const here = (): void =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setFailed(false);
        change({ lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6) });
      },
      () => setFailed(true),
    );
  return (
    <div className="form-field">
      <div className="store-place">
        <label>
          <span className="form-label">{WORDS.lat}</span>
          <Input
            inputMode="decimal"
            value={draft.lat}
            onChange={({ target }) => change({ lat: target.value })}
          />
        </label>
        <label>
          <span className="form-label">{WORDS.lon}</span>
          <Input
            inputMode="decimal"
            value={draft.lon}
            onChange={({ target }) => change({ lon: target.value })}
          />
        </label>
        <Button onClick={here}>{WORDS.here}</Button>
      </div>
      {failed && <span className="form-hint">{WORDS.hereFailed}</span>}
    </div>
  );
}

function Items({ draft, change }: PartProps): ReactElement {
  const set = (key: number, part: Partial<StoreDraft['items'][number]>): void =>
    change({ items: draft.items.map((item) => (item.key === key ? { ...item, ...part } : item)) });
  const add = (): void => {
    const key = Math.max(-1, ...draft.items.map((item) => item.key)) + 1;
    change({ items: [...draft.items, { key, name: '', quantity: '', unit: '' }] });
  };
  return (
    <fieldset className="store-rows">
      <legend className="form-label">{WORDS.items}</legend>
      {draft.items.map((item) => (
        <div key={item.key} className="store-row">
          <Input
            aria-label={WORDS.item}
            placeholder={WORDS.item}
            maxLength={60}
            value={item.name}
            onChange={({ target }) => set(item.key, { name: target.value })}
          />
          <Input
            aria-label={WORDS.quantity}
            placeholder={WORDS.quantity}
            inputMode="decimal"
            value={item.quantity}
            onChange={({ target }) => set(item.key, { quantity: target.value })}
          />
          <Input
            aria-label={WORDS.unit}
            placeholder={WORDS.unit}
            maxLength={20}
            value={item.unit}
            onChange={({ target }) => set(item.key, { unit: target.value })}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={WORDS.removeItem(item.name)}
            onClick={() => change({ items: draft.items.filter((one) => one.key !== item.key) })}
          />
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={add}>
        {WORDS.addItem}
      </Button>
    </fieldset>
  );
}
