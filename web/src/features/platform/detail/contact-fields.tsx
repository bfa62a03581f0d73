import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import type { ReactElement } from 'react';

import type { ContactDraft } from './edit-form.ts';
import { EDIT_TEXT } from './text.ts';

const EMPTY: ContactDraft = { post: '', unit: '', phone: '', masked: null, note: '' };

interface ContactFieldsProps {
  readonly contacts: readonly ContactDraft[];
  readonly onChange: (contacts: readonly ContactDraft[]) => void;
}

/** The posts that are called, one block each. */
export function ContactFields({ contacts, onChange }: ContactFieldsProps): ReactElement {
  const replace = (at: number, part: Partial<ContactDraft>): void =>
    onChange(contacts.map((contact, i) => (i === at ? { ...contact, ...part } : contact)));
  return (
    <fieldset className="org-fieldset">
      <legend>{EDIT_TEXT.contacts}</legend>
      <p className="quiet small">{EDIT_TEXT.contactsHint}</p>
      {contacts.map((contact, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a new contact has no number yet
        <div key={i} className="contact-fields">
          <Line
            label={EDIT_TEXT.post}
            value={contact.post}
            max={60}
            onChange={(post) => replace(i, { post })}
          />
          <Line
            label={EDIT_TEXT.unit}
            value={contact.unit}
            max={100}
            onChange={(unit) => replace(i, { unit })}
          />
          <Line
            label={EDIT_TEXT.phone}
            value={contact.phone ?? ''}
            max={20}
            disabled={contact.phone === null}
            {...(contact.masked === null ? {} : { placeholder: EDIT_TEXT.keep(contact.masked) })}
            onChange={(phone) => replace(i, { phone })}
          />
          <Line
            label={EDIT_TEXT.note}
            value={contact.note}
            max={200}
            onChange={(note) => replace(i, { note })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={EDIT_TEXT.remove}
            onClick={() => onChange(contacts.filter((_, other) => other !== i))}
          />
          {contact.masked !== null && (
            <Checkbox
              checked={contact.phone === null}
              onChange={({ target }) => replace(i, { phone: target.checked ? null : '' })}
            >
              {EDIT_TEXT.dropPhone}
            </Checkbox>
          )}
        </div>
      ))}
      {contacts.length < 30 && (
        <Button icon={<PlusOutlined />} onClick={() => onChange([...contacts, EMPTY])}>
          {EDIT_TEXT.add}
        </Button>
      )}
    </fieldset>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

function Line({ label, value, max, disabled, placeholder, onChange }: LineProps): ReactElement {
  return (
    <Input
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value}
      maxLength={max}
      disabled={disabled ?? false}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
