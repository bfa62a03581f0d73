import { DEPENDENCY_KINDS, type DependencyRule, LEVELS, LONGEST_LEAD_MINUTES } from '#model/warning';
import { z } from 'zod';

const text = z.string().min(1);
const item = z.string().regex(/^[A-Z]+\.I\d{2}$/u);
const element = z.string().regex(/^[A-Z]+\.[A-Z0-9_]+$/u);
const minutes = z.number().int().min(0).max(LONGEST_LEAD_MINUTES);

export const dependencyRule = z.strictObject({
  code: z.string().regex(/^DEP\.R\d{2}$/u),
  name: text,
  when: z.strictObject({
    items: z.array(item).min(1).exactOptional(),
    faults: z.array(text).min(1).exactOptional(),
    level: z.enum(LEVELS),
  }),
  reaches: z.strictObject({
    elements: z.array(element).min(1).exactOptional(),
    what: text,
    within: z.union([
      z.strictObject({ radiusMeters: z.number().int().positive().max(50_000) }),
      z.strictObject({ sameTown: z.literal(true) }),
      z.strictObject({ along: z.array(z.enum(DEPENDENCY_KINDS)).min(1) }),
    ]),
  }),
  expects: z.array(item),
  leadMinutes: minutes,
  withinMinutes: minutes.min(1),
  suppresses: z
    .strictObject({
      items: z.array(item).min(1),
      evenRed: z.boolean().exactOptional(),
      graceMinutes: minutes,
    })
    .exactOptional(),
  reason: text,
  basis: text,
}) satisfies z.ZodType<DependencyRule>;

/** `standards/dependencies.json`: which warnings and faults bring others about. */
export const dependencyFile = z.strictObject({ version: text, rules: z.array(dependencyRule) });
export type DependencyFile = z.infer<typeof dependencyFile>;

/** What the standard knows by code. */
interface Known {
  readonly items: ReadonlySet<string>;
  readonly elements: ReadonlySet<string>;
}

/** One Chinese sentence for each fault of the rules. */
export function lintDependencies({ rules }: DependencyFile, known: Known): readonly string[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) => {
    const faults = faultsOf(rule, known);
    if (seen.has(rule.code)) faults.push('编码重复');
    seen.add(rule.code);
    return faults.map((fault) => `${rule.code}：${fault}`);
  });
}

function faultsOf(rule: DependencyRule, known: Known): string[] {
  return [...unknownCodes(rule, known), ...contradictions(rule)];
}

function unknownCodes({ when, reaches, expects, suppresses }: DependencyRule, known: Known): string[] {
  const items = [...(when.items ?? []), ...expects, ...(suppresses?.items ?? [])];
  const elements = reaches.elements ?? [];
  return [
    ...items.filter((code) => !known.items.has(code)).map((code) => `业务标准里没有事项 ${code}`),
    ...elements.filter((code) => !known.elements.has(code)).map((code) => `业务标准里没有要素 ${code}`),
  ];
}

function contradictions({ when, reaches, suppresses, leadMinutes, withinMinutes }: DependencyRule): string[] {
  const isAround = !('along' in reaches.within);
  const own = suppresses?.items.filter((code) => when.items?.includes(code)) ?? [];
  return [
    ...(withinMinutes < leadMinutes ? ['观察时限短于提前量，永远不会应验'] : []),
    ...(isAround && reaches.elements === undefined ? ['按距离或街镇波及时须写明要素，否则波及所有对象'] : []),
    ...(isAround && when.items === undefined ? ['按距离或街镇波及时须写明事项'] : []),
    ...(isAround && suppresses ? ['按距离或街镇波及的不得抑制，只有登记的依赖关系才说明因果'] : []),
    ...own.map((code) => `${code} 不能既是原因又被它抑制`),
  ];
}
