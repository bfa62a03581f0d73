import type { ReactElement } from 'react';

import { CopyButton } from '../../ui/secrets/copy-button.tsx';
import { TOKEN_TEXT as TEXT } from './text.ts';

/** The text of a token, the one time that it is there. */
export function ShownToken({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="secret-form">
      <p>{TEXT.shownOnce}</p>
      <div className="secret-text">
        <code>{text}</code>
        <CopyButton text={text} label={TEXT.copy} done={TEXT.copied} />
      </div>
    </div>
  );
}
