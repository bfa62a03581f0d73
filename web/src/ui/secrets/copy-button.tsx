import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly done: string;
}

/** Copies a text; absent where the browser offers no clipboard (without HTTPS). */
export function CopyButton({ text, label, done }: CopyButtonProps): ReactElement | null {
  const [copied, setCopied] = useState(false);
  // Without HTTPS, `navigator.clipboard` is absent although the type says otherwise.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (!clipboard) return null;
  const copy = (): void => void clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Button onClick={copy} aria-live="polite">
      {copied ? done : label}
    </Button>
  );
}
