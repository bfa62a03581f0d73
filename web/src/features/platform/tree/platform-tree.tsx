import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons';
import type { Platform } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Failure, Loading } from '../../../ui/states.tsx';
import { PlatformFacts } from './platform-facts.tsx';
import { childrenQuery } from './tree-queries.ts';
import { TEXT } from './text.ts';

/** A tree that asks for a branch when it is opened. Keys as the pattern of ARIA's tree view wants them. */
export function PlatformTree({ roots }: { readonly roots: readonly Platform[] }): ReactElement {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(roots.map(({ code }) => code)));
  const toggle = (code: string, open: boolean): void => {
    const next = new Set(opened);
    if (open) next.add(code);
    else next.delete(code);
    setOpened(next);
  };
  return (
    <ul
      role="tree"
      aria-label={TEXT.tree}
      aria-description={TEXT.keys}
      className="tree"
      onKeyDown={onTreeKey}
    >
      {roots.map((platform, i) => (
        <TreeNode
          key={platform.id}
          platform={platform}
          level={1}
          first={i === 0}
          opened={opened}
          toggle={toggle}
        />
      ))}
    </ul>
  );
}

interface TreeNodeProps {
  readonly platform: Platform;
  readonly level: number;
  /** The one node of the tree that Tab reaches. */
  readonly first?: boolean;
  readonly opened: ReadonlySet<string>;
  readonly toggle: (code: string, open: boolean) => void;
}

function TreeNode({ platform, level, first, opened, toggle }: TreeNodeProps): ReactElement {
  const open = opened.has(platform.code);
  const branches = platform.children > 0;
  const query = useQuery(childrenQuery(platform.code, open && branches));
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-selected={false}
      aria-label={platform.name}
      {...(branches ? { 'aria-expanded': open } : {})}
      tabIndex={first ? 0 : -1}
    >
      {/* The row is for the mouse and the finger; keys are the tree's. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        className="tree-row"
        data-branches={branches}
        onClick={() => branches && toggle(platform.code, !open)}
      >
        <span className="tree-caret" aria-hidden>
          {branches && (open ? <CaretDownOutlined /> : <CaretRightOutlined />)}
        </span>
        <PlatformFacts platform={platform} inTree />
        {branches && (
          <span className="quiet figures tree-count" title={TEXT.children(formatNumber(platform.children))}>
            {formatNumber(platform.children)}
          </span>
        )}
      </div>
      {open && branches && (
        <ul role="group">
          {query.data?.items.map((child) => (
            <TreeNode key={child.id} platform={child} level={level + 1} opened={opened} toggle={toggle} />
          ))}
          {query.isPending && (
            <li>
              <Loading rows={2} />
            </li>
          )}
          {query.error && (
            <li>
              <Failure error={query.error} retry={() => void query.refetch()} />
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

type Act = (node: HTMLElement, visible: readonly HTMLElement[]) => HTMLElement | null | undefined;

/** What each key focuses; opening and closing click the row, as the mouse does. */
const KEYS: Readonly<Record<string, Act>> = {
  ArrowDown: (node, visible) => visible[visible.indexOf(node) + 1],
  ArrowUp: (node, visible) => visible[visible.indexOf(node) - 1],
  Home: (_, visible) => visible[0],
  End: (_, visible) => visible.at(-1),
  ArrowRight: (node, visible) => {
    if (node.ariaExpanded === 'false') return press(node);
    return node.ariaExpanded === 'true' ? visible[visible.indexOf(node) + 1] : node;
  },
  ArrowLeft: (node) =>
    node.ariaExpanded === 'true'
      ? press(node)
      : node.parentElement?.closest<HTMLElement>('[role="treeitem"]'),
  Enter: (node) => {
    node.querySelector<HTMLElement>(':scope > .tree-row a')?.click();
    return node;
  },
  ' ': press,
};

function press(node: HTMLElement): HTMLElement {
  node.querySelector<HTMLElement>(':scope > .tree-row')?.click();
  return node;
}

function onTreeKey(event: KeyboardEvent<HTMLUListElement>): void {
  const act = KEYS[event.key];
  if (!act || !(event.target instanceof HTMLElement) || event.target.role !== 'treeitem') return;
  event.preventDefault();
  const visible = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const next = act(event.target, visible);
  if (!next || next === event.target) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
