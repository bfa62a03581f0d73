import { commandRoutes, type Contact } from '#contract/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactElement, useCallback, useMemo, useState } from 'react';

import { MoreButton } from '../../../ui/more-button.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import { DialButton } from '../dial-button.tsx';
import { contactsQuery } from '../queries.ts';
import type { ContactSearch } from '../search.ts';
import { personLine, TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { ContactForm } from './contact-form.tsx';
import { CONTACTS_TEXT } from './text.ts';

interface PeopleProps {
  readonly search: ContactSearch;
  readonly onTag: (tag: string | undefined) => void;
}

/** Contacts of the book: who, where, and the telephone under one press. */
export function People({ search, onTag }: PeopleProps): ReactElement {
  const query = useInfiniteQuery(contactsQuery(search));
  const contacts = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [editing, setEditing] = useState<Contact>();
  const ids = useMemo(() => contacts.map(({ id }) => id), [contacts]);
  const dial = useCallback((id: number) => {
    document.querySelector<HTMLButtonElement>(`[data-row="${id}"] .dial button`)?.focus();
  }, []);
  const current = useRowKeys(ids, dial);
  return (
    <>
      <Tags query={query.data?.pages[0]?.tags ?? []} tag={search.tag} onTag={onTag} />
      <Resource query={query}>
        {() =>
          contacts.length === 0 ? (
            <NoContacts filtered={search.q !== undefined || search.tag !== undefined} />
          ) : (
            <div className="rows-frame">
              <ul className="contacts">
                {contacts.map((contact) => (
                  <ContactRow
                    key={contact.id}
                    contact={contact}
                    current={current === contact.id}
                    onEdit={() => setEditing(contact)}
                    onTag={onTag}
                  />
                ))}
              </ul>
              <MoreButton count={contacts.length} query={query} />
            </div>
          )
        }
      </Resource>
      {editing && <ContactForm contact={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function Tags({
  query,
  tag,
  onTag,
}: {
  readonly query: readonly { readonly tag: string; readonly count: number }[];
  readonly tag: string | undefined;
  readonly onTag: (tag: string | undefined) => void;
}): ReactElement | null {
  const tags =
    tag !== undefined && !query.some((one) => one.tag === tag) ? [{ tag, count: 0 }, ...query] : query;
  if (tags.length === 0) return null;
  return (
    <div className="contact-tags">
      {tags.map((one) => (
        <button
          key={one.tag}
          type="button"
          className="toggle"
          aria-pressed={one.tag === tag}
          onClick={() => onTag(one.tag === tag ? undefined : one.tag)}
        >
          {one.tag} {one.count > 0 && <small className="figures">{one.count}</small>}
        </button>
      ))}
    </div>
  );
}

function NoContacts({ filtered }: { readonly filtered: boolean }): ReactElement {
  return filtered ? (
    <Empty title={CONTACTS_TEXT.noneFound} hint={CONTACTS_TEXT.noneFoundHint} />
  ) : (
    <Empty title={CONTACTS_TEXT.none} hint={CONTACTS_TEXT.noneHint} />
  );
}

interface ContactRowProps {
  readonly contact: Contact;
  readonly current: boolean;
  readonly onEdit: () => void;
  readonly onTag: (tag: string) => void;
}

function ContactRow({ contact, current, onEdit, onTag }: ContactRowProps): ReactElement {
  const line = personLine(contact);
  return (
    <li className="contact" data-row={contact.id} data-current={current}>
      <div className="contact-words">
        <span className="contact-name">
          <strong>{contact.name}</strong>
          <OriginTags simulated={contact.simulated} />
        </span>
        {line !== '' && <span>{line}</span>}
        {contact.note !== null && <span className="quiet">{contact.note}</span>}
        <span className="contact-about quiet">
          {contact.team && <span>{contact.team.name}</span>}
          <span>{contact.platform.name}</span>
          {contact.tags.map((tag) => (
            <button key={tag} type="button" className="text-button contact-tag" onClick={() => onTag(tag)}>
              {tag}
            </button>
          ))}
          <ContactActs contact={contact} onEdit={onEdit} />
        </span>
      </div>
      <div className="contact-call">
        <Number contact={contact} />
        {contact.allowedActions.includes('call') && (
          <DialButton
            target={{ kind: 'contact', id: contact.id }}
            name={contact.name}
            hasPhone={contact.phoneMasked !== null}
          />
        )}
      </div>
    </li>
  );
}

/** A hotline is shown as it is: whoever may not have it written into a duty log, or has no signal, calls it from here. */
function Number({ contact }: { readonly contact: Contact }): ReactElement | null {
  const { phoneMasked: phone, phonePublic, allowedActions } = contact;
  if (phone === null) return null;
  if (!phonePublic || allowedActions.includes('call'))
    return <span className="figures contact-phone">{phone}</span>;
  return (
    <a className="figures contact-phone" href={`tel:${phone.replaceAll(/[ -]/gu, '')}`}>
      {phone}
    </a>
  );
}

function ContactActs({
  contact,
  onEdit,
}: {
  readonly contact: Contact;
  readonly onEdit: () => void;
}): ReactElement {
  const { modal } = App.useApp();
  const update = useAct(commandRoutes.updateContact);
  const { name, unit, title, phonePublic, tags, team, note, version } = contact;
  const retire = (): void => {
    void modal.confirm({
      title: CONTACTS_TEXT.retireSure(name),
      okText: CONTACTS_TEXT.retire,
      cancelText: TEXT.cancel,
      onOk: () =>
        update.mutateAsync({
          params: { id: contact.id },
          body: {
            name,
            unit,
            title,
            phonePublic,
            tags,
            team: team?.id ?? null,
            note,
            version,
            retired: true,
          },
        }),
    });
  };
  return (
    <span className="contact-acts">
      {contact.allowedActions.includes('edit') && (
        <button type="button" className="text-button" onClick={onEdit}>
          {CONTACTS_TEXT.edit}
        </button>
      )}
      {contact.allowedActions.includes('retire') && (
        <button type="button" className="text-button" onClick={retire}>
          {CONTACTS_TEXT.retire}
        </button>
      )}
    </span>
  );
}
