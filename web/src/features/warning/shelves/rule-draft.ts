import type { SuppressionRule, suppressionRoutes } from '#contract/warning';
import type { CauseKind, Level, SuppressionReach } from '#model/warning';
import type { z } from 'zod';

import type { ChosenObject } from '../../../ui/object-choice.tsx';

/** A rule of suppression as it is being written. */
export interface RuleDraft {
  readonly scenario: string | undefined;
  readonly name: string;
  readonly kind: CauseKind;
  readonly code: string;
  readonly causeLevel: Level;
  /** At this object only; none: at any. */
  readonly object: readonly ChosenObject[];
  readonly item: string | undefined;
  readonly level: Level;
  readonly reach: SuppressionReach;
  readonly objects: readonly ChosenObject[];
  readonly reason: string;
}

const BLANK: RuleDraft = {
  scenario: undefined,
  name: '',
  kind: 'item',
  code: '',
  causeLevel: 'yellow',
  object: [],
  item: undefined,
  level: 'yellow',
  reach: 'same',
  objects: [],
  reason: '',
};

export function ruleDraft(rule: SuppressionRule | undefined): RuleDraft {
  if (!rule) return BLANK;
  const { scenario, name, cause, item, level, reach, objects, reason } = rule;
  const object = cause.object ? [cause.object] : [];
  const { kind, code, level: causeLevel } = cause;
  return { scenario, name, kind, code, causeLevel, object, item: item.code, level, reach, objects, reason };
}

type Body = Omit<z.input<typeof suppressionRoutes.changeSuppressionRule.body>, 'version'>;

/** What is sent of it. */
export function ruleBody(draft: RuleDraft): Body {
  const { name, kind, code, causeLevel, object, item = '', level, reach, objects, reason } = draft;
  return {
    name: name.trim(),
    cause: { kind, code: code.trim(), object: object[0]?.id ?? null, level: causeLevel },
    item,
    level,
    reach,
    objects: reach === 'listed' ? objects.map(({ id }) => id) : [],
    reason: reason.trim(),
  };
}
