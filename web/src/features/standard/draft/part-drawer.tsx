import { Drawer } from 'antd';
import type { ReactElement, ReactNode } from 'react';

interface PartDrawerProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Where one part of a draft is edited. */
export function PartDrawer({ title, open, onClose, children }: PartDrawerProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(760px, 100vw)"
      // What is typed must not be lost to a press beside the form.
      mask={{ closable: false }}
      title={title}
      destroyOnHidden
    >
      {children}
    </Drawer>
  );
}
