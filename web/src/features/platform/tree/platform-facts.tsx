import type { Platform } from '#contract/platform';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { KIND_TEXT } from '../kind-text.ts';
import { TEXT } from './text.ts';

const NAMED: readonly Platform['kind'][] = ['district', 'industry', 'scenario', 'lingang'];

interface PlatformFactsProps {
  readonly platform: Platform;
  /** In the tree the keys are the tree's, and Tab passes the links. */
  readonly inTree?: boolean;
}

/** One platform in a line: its name, what it is, and who answers for it. */
export function PlatformFacts({ platform, inTree }: PlatformFactsProps): ReactElement {
  // The regulation names a department for these; towns and villages answer for themselves.
  const answers = platform.department !== null || NAMED.includes(platform.kind);
  return (
    <span className="platform-facts">
      <Link
        to="/platforms/$code"
        params={{ code: platform.code }}
        className="platform-name row-link"
        {...(inTree ? { tabIndex: -1 } : {})}
        onClick={(event) => event.stopPropagation()}
      >
        {platform.name}
      </Link>
      {platform.kind !== 'district' && (
        <small className="quiet" title={platform.kind === 'zone' ? TEXT.zoneNote : undefined}>
          {KIND_TEXT[platform.kind]}
        </small>
      )}
      {platform.inferred && (
        <span className="inferred" title={TEXT.inferredWhy}>
          {TEXT.inferred}
        </span>
      )}
      {answers && (
        <span className="platform-who quiet">
          {TEXT.department}：{platform.department ?? TEXT.notTold}
          {platform.unit !== null && ` · ${TEXT.unit}：${platform.unit}`}
        </span>
      )}
    </span>
  );
}
