import './contacts.css';

import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, type InputRef, Segmented } from 'antd';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';

import { useCan, useSession } from '../../../app/session.ts';
import { Frame } from '../frame.tsx';
import type { ContactSearch, ContactTab } from '../search.ts';
import { useHotKey } from '../use-hot-key.ts';
import { ContactForm } from './contact-form.tsx';
import { People } from './people.tsx';
import { StoreForm } from './store-form.tsx';
import { Stores } from './stores.tsx';
import { Teams } from './teams.tsx';
import { CONTACTS_TEXT } from './text.ts';

const TABS: readonly ContactTab[] = ['people', 'teams', 'stores'];
const TYPED_MS = 200;

/** 通讯录: people, teams and stores, found as one types. */
export function ContactsPage(): ReactElement {
  const search = useSearch({ from: '/desk/command/contacts' });
  const navigate = useNavigate();
  const tab = search.tab ?? 'people';
  const filter = useCallback(
    (change: ContactSearch) =>
      void navigate({
        to: '/command/contacts',
        search: (before) => {
          const next = { ...(before as ContactSearch), ...change };
          return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
        },
        replace: true,
      }),
    [navigate],
  );
  return (
    <Frame title={CONTACTS_TEXT.title} hint={CONTACTS_TEXT.hint} extra={<AddButton tab={tab} />}>
      <div className="filters" role="search">
        <Segmented<ContactTab>
          aria-label={CONTACTS_TEXT.title}
          value={tab}
          onChange={(next) => filter({ tab: next === 'people' ? undefined : next, tag: undefined })}
          options={TABS.map((value) => ({ value, label: CONTACTS_TEXT.tabs[value] }))}
        />
        <SearchField tab={tab} q={search.q} onFind={filter} />
      </div>
      {tab === 'people' && <People search={search} onTag={(tag) => filter({ tag })} />}
      {tab === 'teams' && <Teams q={search.q} />}
      {tab === 'stores' && <Stores q={search.q} />}
    </Frame>
  );
}

/** Looks while one types, a moment after the last key. */
function SearchField({
  tab,
  q,
  onFind,
}: {
  readonly tab: ContactTab;
  readonly q: string | undefined;
  readonly onFind: (change: ContactSearch) => void;
}): ReactElement {
  const [typed, setTyped] = useState(q ?? '');
  const field = useRef<InputRef>(null);
  const focus = useCallback(() => field.current?.focus(), []);
  useHotKey('/', focus);
  const wanted = typed.trim() === '' ? undefined : typed.trim();
  useEffect(() => {
    if (wanted === q) return undefined;
    const timer = setTimeout(() => onFind({ q: wanted }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [wanted, q, onFind]);
  const words = tab === 'stores' ? CONTACTS_TEXT.searchStores : CONTACTS_TEXT.search;
  return (
    <Input
      ref={field}
      className="contact-search"
      type="search"
      allowClear
      maxLength={50}
      value={typed}
      placeholder={words}
      aria-label={words}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}

function AddButton({ tab }: { readonly tab: ContactTab }): ReactElement | null {
  const mayManage = useCan('contact.manage');
  const own = useSession()?.roles.find((role) => role.actingFor === null)?.platform;
  const [open, setOpen] = useState(false);
  if (!mayManage || tab === 'teams') return null;
  const close = (): void => setOpen(false);
  return (
    <>
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {tab === 'stores' ? CONTACTS_TEXT.addStore : CONTACTS_TEXT.add}
      </Button>
      {open && tab === 'people' && <ContactForm platform={own} onClose={close} />}
      {open && tab === 'stores' && <StoreForm platform={own} onClose={close} />}
    </>
  );
}
