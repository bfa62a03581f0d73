import { EllipsisOutlined } from '@ant-design/icons';
import { Tabs, type TabsProps } from 'antd';
import type { MouseEvent, ReactElement } from 'react';

/**
 * Tabs of a page that may have more of them than fit. A pressed tab takes the focus, and the row of tabs then moves to show it whole:
 * on a narrow screen it moved away under the press, and the press was lost. So the focus waits until the tab is chosen.
 */
export function PageTabs(props: TabsProps): ReactElement {
  return (
    <Tabs
      more={{ icon: <EllipsisOutlined aria-label="更多" /> }}
      {...props}
      onMouseDown={(event) => {
        if (tabAt(event)) event.preventDefault();
      }}
      // On release it still counts as a mouse's, which is not told aloud like a key's.
      onMouseUpCapture={(event) => tabAt(event)?.focus({ preventScroll: true })}
    />
  );
}

function tabAt({ target }: MouseEvent): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role="tab"]') : null;
}
