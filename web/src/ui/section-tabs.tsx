import { Link } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef } from 'react';

interface SectionTabsProps<To extends string> {
  readonly label: string;
  readonly sections: readonly { readonly to: To; readonly text: string }[];
  /** What of the address goes along from page to page. */
  readonly search?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The pages of one module, as links under its title. One page alone needs none. */
export function SectionTabs<To extends string>({
  label,
  sections,
  search,
}: SectionTabsProps<To>): ReactElement | null {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the page's own tab may lie beyond the edge. Each page brings its tabs along, so once is enough.
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  if (sections.length < 2) return null;
  return (
    <nav ref={tabs} className="section-tabs" aria-label={label}>
      {sections.map(({ to, text }) => (
        <Link
          key={to}
          to={to as '/standard'}
          {...(search && { search })}
          className="section-tab"
          // A page below its section belongs to it; the filters in the address do not matter.
          activeOptions={{ exact: sections.some((one) => one.to.startsWith(`${to}/`)), includeSearch: false }}
          activeProps={{ className: 'section-tab section-tab-active', 'aria-current': 'page' }}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
