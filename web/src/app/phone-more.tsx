import { EllipsisOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useRef } from 'react';

import type { NavEntry } from './nav.ts';
import { NavIcon } from './nav-icon.tsx';

/** The entries that have no room on the phone's tab bar. The browser's own popover closes on Esc and on a tap outside. */
export function PhoneMore({ entries }: { readonly entries: readonly NavEntry[] }): ReactElement {
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" className="nav-entry" popoverTarget="phone-more">
        <EllipsisOutlined aria-hidden />
        <span>更多</span>
      </button>
      <div id="phone-more" popover="auto" ref={sheet} className="phone-sheet">
        {entries.map((entry) => (
          <Link
            key={entry.to}
            to={entry.to}
            className="phone-sheet-entry"
            onClick={() => sheet.current?.hidePopover()}
          >
            <NavIcon to={entry.to} />
            {entry.text}
          </Link>
        ))}
      </div>
    </>
  );
}
