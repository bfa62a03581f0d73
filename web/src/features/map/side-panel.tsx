import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';

import { TEXT } from './text.ts';

interface SidePanelProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What was chosen on the map, beside it; a sheet from below on the phone. Takes the focus, Esc closes. */
export function SidePanel({ label, onClose, children }: SidePanelProps): ReactElement {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={panel}
      className="panel object-panel"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <Button
        className="object-close"
        type="text"
        icon={<CloseOutlined />}
        aria-label={TEXT.close}
        onClick={onClose}
      />
      {children}
    </section>
  );
}
