import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { HANDOVER_PAGE_TEXT as WORDS } from './text.ts';

interface SectionProps {
  readonly title: string;
  /** In short: how many. */
  readonly sum: string;
  /** Needs an eye: late, silent, not seen. */
  readonly heavy?: boolean;
  readonly count: number;
  /** Left out of what the server listed. */
  readonly more?: number;
  readonly children: ReactNode;
}

/** A part of the hand-over: its figure, and its list behind it. On paper all lists are open. */
export function Section({ title, sum, heavy, count, more = 0, children }: SectionProps): ReactElement {
  const [open, setOpen] = useState(count > 0 && count <= OPEN_UP_TO);
  const list = useId();
  return (
    <section className="panel handover-section" data-open={open}>
      <h2>
        <button
          type="button"
          className="section-button"
          aria-expanded={open}
          aria-controls={list}
          disabled={count === 0}
          onClick={() => setOpen(!open)}
        >
          <span>{title}</span>
          <strong className={heavy ? 'section-sum section-heavy' : 'section-sum'}>{sum}</strong>
          {count > 0 && <span className="section-open no-print">{open ? WORDS.shut : WORDS.open}</span>}
        </button>
      </h2>
      <div id={list} className="section-list">
        {children}
        {more > 0 && <p className="quiet section-more">{WORDS.more(more)}</p>}
      </div>
    </section>
  );
}

/** Longer lists are opened by who wants to read them. */
const OPEN_UP_TO = 12;
