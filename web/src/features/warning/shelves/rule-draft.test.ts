import type { SuppressionRule } from '#contract/warning';
import { expect, test } from 'vitest';

import { ruleBody, ruleDraft } from './rule-draft.ts';

const RULE: SuppressionRule = {
  id: 3,
  scenario: 'FLOOD',
  name: '停电期间不报离线',
  cause: {
    kind: 'item',
    code: 'POWER.I01',
    name: '失电',
    object: { id: 7, code: 'P-7', name: '张江变电站' },
    level: 'orange',
  },
  item: { code: 'FLOOD.I09', name: '泵站离线' },
  level: 'yellow',
  reach: 'listed',
  objects: [{ id: 9, code: 'B-9', name: '龙东泵站' }],
  reason: '由它供电，停电即离线',
  state: 'in-force',
  madeBy: '张三',
  madeAt: 0,
  changedBy: '张三',
  changedAt: 0,
  hits: 0,
  hitAt: null,
  holding: 0,
  version: 1,
  mayChange: true,
};

test('a rule that is opened and saved untouched says what it said', () => {
  expect(ruleBody(ruleDraft(RULE))).toEqual({
    name: RULE.name,
    cause: { kind: 'item', code: 'POWER.I01', object: 7, level: 'orange' },
    item: 'FLOOD.I09',
    level: 'yellow',
    reach: 'listed',
    objects: [9],
    reason: RULE.reason,
  });
});

test('objects that were listed are not sent once the rule reaches elsewhere', () => {
  expect(ruleBody({ ...ruleDraft(RULE), reach: 'linked', object: [] })).toMatchObject({
    cause: { object: null },
    reach: 'linked',
    objects: [],
  });
});
