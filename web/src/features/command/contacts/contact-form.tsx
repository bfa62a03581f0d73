import { commandRoutes, type Contact } from '#contract/command';
import { Checkbox, Input, Modal, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { CONTACT_FORM_TEXT as WORDS } from './text.ts';

interface ContactFormProps {
  /** Absent: a new one. */
  readonly contact?: Contact;
  /** Of a new one, to begin with. */
  readonly platform?: string | undefined;
  readonly onClose: () => void;
}

const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A contact, new or changed. The number of an old one is not shown: it is replaced, removed or left. */
export function ContactForm({ contact, platform, onClose }: ContactFormProps): ReactElement {
  const [form, setForm] = useState({
    name: contact?.name ?? '',
    unit: contact?.unit ?? '',
    title: contact?.title ?? '',
    phone: '',
    removePhone: false,
    phonePublic: contact?.phonePublic ?? false,
    tags: contact?.tags ?? [],
    note: contact?.note ?? '',
    platform: contact?.platform.code ?? platform,
  });
  const change = (part: Partial<typeof form>): void => setForm({ ...form, ...part });
  const create = useAct(commandRoutes.createContact, onClose);
  const update = useAct(commandRoutes.updateContact, onClose);
  const fault = faultOf(form);
  const error = create.error ?? update.error;
  const send = (): void => {
    const body = {
      name: form.name.trim(),
      unit: blank(form.unit),
      title: blank(form.title),
      phonePublic: form.phonePublic,
      tags: form.tags,
      team: contact?.team?.id ?? null,
      note: blank(form.note),
    };
    if (contact) {
      const phone = form.removePhone
        ? { phone: null }
        : form.phone.trim() === ''
          ? {}
          : { phone: form.phone };
      update.mutate({ params: { id: contact.id }, body: { ...body, ...phone, version: contact.version } });
    } else if (form.platform !== undefined)
      create.mutate({ body: { ...body, platform: form.platform, phone: blank(form.phone) } });
  };
  return (
    <Modal
      open
      className="command-modal"
      title={contact ? WORDS.edit : WORDS.add}
      onCancel={onClose}
      onOk={send}
      okText={TEXT.save}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: fault !== undefined }}
      confirmLoading={create.isPending || update.isPending}
    >
      <div className="command-form">
        <label>
          <span className="form-label">{WORDS.name}</span>
          <Input
            autoFocus
            maxLength={60}
            placeholder={WORDS.namePlaceholder}
            value={form.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </label>
        <div className="form-row">
          <label>
            <span className="form-label">{WORDS.unit}</span>
            <Input
              maxLength={100}
              value={form.unit}
              onChange={({ target }) => change({ unit: target.value })}
            />
          </label>
          <label>
            <span className="form-label">{WORDS.title}</span>
            <Input
              maxLength={60}
              value={form.title}
              onChange={({ target }) => change({ title: target.value })}
            />
          </label>
        </div>
        <label>
          <span className="form-label">{WORDS.phone}</span>
          <Input
            type="tel"
            maxLength={30}
            disabled={form.removePhone}
            placeholder={contact?.phoneMasked ? WORDS.phoneKept(contact.phoneMasked) : ''}
            value={form.phone}
            onChange={({ target }) => change({ phone: target.value })}
          />
        </label>
        <Checkbox
          checked={form.phonePublic}
          onChange={({ target }) => change({ phonePublic: target.checked })}
        >
          {WORDS.phonePublic}
        </Checkbox>
        {contact?.phoneMasked && (
          <Checkbox
            checked={form.removePhone}
            onChange={({ target }) => change({ removePhone: target.checked })}
          >
            {WORDS.removePhone}
          </Checkbox>
        )}
        <div className="form-field">
          <span className="form-label">{WORDS.tags}</span>
          <Select<string[]>
            mode="tags"
            aria-label={WORDS.tags}
            open={false}
            suffixIcon={null}
            placeholder={WORDS.tagsPlaceholder}
            value={form.tags}
            onChange={(tags) => change({ tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
          />
        </div>
        <label>
          <span className="form-label">{WORDS.note}</span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 5 }}
            maxLength={500}
            value={form.note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </label>
        {!contact && (
          <div className="form-field">
            <span className="form-label">{WORDS.platform}</span>
            <PlatformSelect
              value={form.platform}
              label={WORDS.platform}
              onChange={(code) => change({ platform: code })}
            />
          </div>
        )}
        {fault !== undefined && <p className="form-hint">{fault}</p>}
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}

function faultOf(form: { readonly name: string; readonly platform: string | undefined }): string | undefined {
  if (form.name.trim() === '') return WORDS.noName;
  return form.platform === undefined ? WORDS.noPlatform : undefined;
}
