import { type ReactElement, type ReactNode, useEffect } from 'react';

interface PageHeadProps {
  readonly title: string;
  /** Beside the title: tags, a level. */
  readonly tags?: ReactNode;
  /** One line under the title. */
  readonly hint?: ReactNode;
  /** At the right: buttons, filters. */
  readonly extra?: ReactNode;
}

/** Names the page, here and in the browser's tab. */
export function PageHead({ title, tags, hint, extra }: PageHeadProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · 浦安`;
  }, [title]);
  return (
    <header className="page-head">
      <div className="page-head-words">
        <div className="page-head-title">
          <h1>{title}</h1>
          {tags}
        </div>
        {hint !== undefined && <p className="page-head-hint">{hint}</p>}
      </div>
      {extra !== undefined && <div className="page-head-extra">{extra}</div>}
    </header>
  );
}
