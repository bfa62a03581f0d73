import { commandRoutes, type Contact } from '#contract/command';
import { Checkbox, Input, Modal, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { PlatformSelect } from '../platform-select.tsx';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { contactBody, type ContactDraft, contactFault, phoneChange, startContact } from './contact-body.ts';
import { CONTACT_FORM_TEXT as WORDS } from './text.ts';

interface ContactFormProps {
  /** Absent: a new one. */
  readonly contact?: Contact;
  /** Of a new one, to begin with. */
  readonly platform?: string | undefined;
  readonly onClose: () => void;
}

/** A contact, new or changed. */
export function ContactForm({ contact, platform, onClose }: ContactFormProps): ReactElement {
  const [draft, setDraft] = useState<ContactDraft>(() => startContact(contact, platform));
  const change = (part: Partial<ContactDraft>): void => setDraft({ ...draft, ...part });
  const create = useAct(commandRoutes.createContact, onClose);
  const update = useAct(commandRoutes.updateContact, onClose);
  const fault = contactFault(draft);
  const error = create.error ?? update.error;
  const send = (): void => {
    const body = { ...contactBody(draft, contact), ...phoneChange(draft) };
    if (contact) update.mutate({ params: { id: contact.id }, body: { ...body, version: contact.version } });
    else create.mutate({ body: { ...body, platform: draft.platform ?? '' } });
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
        <Who draft={draft} change={change} />
        <Phone draft={draft} change={change} masked={contact?.phoneMasked ?? null} />
        <div className="form-field">
          <span className="form-label">{WORDS.tags}</span>
          <Select<string[]>
            mode="tags"
            aria-label={WORDS.tags}
            open={false}
            suffixIcon={null}
            placeholder={WORDS.tagsPlaceholder}
            value={[...draft.tags]}
            onChange={(tags) => change({ tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
          />
        </div>
        <label>
          <span className="form-label">{WORDS.note}</span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 5 }}
            maxLength={500}
            value={draft.note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </label>
        {!contact && (
          <div className="form-field">
            <span className="form-label">{WORDS.platform}</span>
            <PlatformSelect
              value={draft.platform}
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

interface PartProps {
  readonly draft: ContactDraft;
  readonly change: (part: Partial<ContactDraft>) => void;
}

function Who({ draft, change }: PartProps): ReactElement {
  return (
    <>
      <label>
        <span className="form-label">{WORDS.name}</span>
        <Input
          autoFocus
          maxLength={60}
          placeholder={WORDS.namePlaceholder}
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </label>
      <div className="form-row">
        <label>
          <span className="form-label">{WORDS.unit}</span>
          <Input
            maxLength={100}
            value={draft.unit}
            onChange={({ target }) => change({ unit: target.value })}
          />
        </label>
        <label>
          <span className="form-label">{WORDS.title}</span>
          <Input
            maxLength={60}
            value={draft.title}
            onChange={({ target }) => change({ title: target.value })}
          />
        </label>
      </div>
    </>
  );
}

function Phone({ draft, change, masked }: PartProps & { readonly masked: string | null }): ReactElement {
  return (
    <>
      <label>
        <span className="form-label">{WORDS.phone}</span>
        <Input
          type="tel"
          maxLength={30}
          disabled={draft.removePhone}
          placeholder={masked === null ? '' : WORDS.phoneKept(masked)}
          value={draft.phone}
          onChange={({ target }) => change({ phone: target.value })}
        />
      </label>
      <Checkbox
        checked={draft.phonePublic}
        onChange={({ target }) => change({ phonePublic: target.checked })}
      >
        {WORDS.phonePublic}
      </Checkbox>
      {masked !== null && (
        <Checkbox
          checked={draft.removePhone}
          onChange={({ target }) => change({ removePhone: target.checked })}
        >
          {WORDS.removePhone}
        </Checkbox>
      )}
    </>
  );
}
