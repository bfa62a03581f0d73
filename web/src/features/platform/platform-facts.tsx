import type { Platform } from '#contract/platform';
import type { ReactElement } from 'react';

import { KIND_TEXT, TEXT } from './text.ts';

const NAMED: readonly Platform['kind'][] = ['district', 'industry', 'scenario', 'lingang'];

/** One platform in a line: its name, what it is, and who answers for it. */
export function PlatformFacts({ platform }: { readonly platform: Platform }): ReactElement {
  // The regulation names a department for these; towns and villages answer for themselves.
  const answers = platform.department !== null || NAMED.includes(platform.kind);
  return (
    <span className="platform-facts">
      <span className="platform-name">{platform.name}</span>
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
