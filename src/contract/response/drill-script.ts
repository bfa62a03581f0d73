import { ROLES, SCENARIOS, type ScenarioCode } from '#model/platform';
import { DEADLINE_KINDS, DRILL_REPORT_CHANNELS, type DrillScript } from '#model/response';
import { z } from 'zod';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u);
const text = z.string().trim().min(1).max(500);
const minute = z.number().min(0).max(1440);
const points = z.number().positive().max(100);
const SCENARIO_CODES = Object.keys(SCENARIOS) as [ScenarioCode, ...ScenarioCode[]];

/** A drill's script as its file holds it; what the shape cannot say is {@link lintScript}'s. */
export const drillScript = z.strictObject({
  code: key,
  name: text,
  scenario: z.enum(SCENARIO_CODES),
  goal: text,
  minutes: z.number().int().min(1).max(1440),
  objects: z
    .array(z.strictObject({ key, name: text, lat: z.number(), lon: z.number() }))
    .min(1)
    .max(20),
  points: z
    .array(z.strictObject({ key, object: key, element: z.string().max(40) }))
    .min(1)
    .max(40),
  acts: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('readings'), minute, point: key, value: z.number(), text }),
        z.strictObject({ kind: z.literal('inject'), minute, code: key, to: z.enum(ROLES), text }),
      ]),
    )
    .min(1)
    .max(200),
  expectations: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('limit'),
          text,
          points,
          object: key,
          limit: z.enum(DEADLINE_KINDS),
        }),
        z.strictObject({ kind: z.literal('acknowledged'), text, points, object: key, minutes: minute }),
        z.strictObject({ kind: z.literal('answered'), text, points, inject: key, minutes: minute }),
        z.strictObject({ kind: z.literal('incident-taken'), text, points, object: key, minutes: minute }),
        z.strictObject({
          kind: z.literal('reported'),
          text,
          points,
          object: key,
          channel: z.enum(DRILL_REPORT_CHANNELS),
        }),
      ]),
    )
    .min(1)
    .max(50),
}) satisfies z.ZodType<DrillScript>;

/** What is wrong with a script whose shape is right: Chinese sentences that say how to mend it; none for a sound one. */
export function lintScript(script: DrillScript): readonly string[] {
  const objects = new Set(script.objects.map((one) => one.key));
  const known = new Set(script.points.map((one) => one.key));
  const injects = new Set(script.acts.flatMap((act) => (act.kind === 'inject' ? [act.code] : [])));
  const weights = script.expectations.reduce((sum, one) => sum + one.points, 0);
  return [
    ...twice(
      '对象',
      script.objects.map((one) => one.key),
    ),
    ...twice(
      '测点',
      script.points.map((one) => one.key),
    ),
    ...twice(
      '导调',
      script.acts.flatMap((act) => (act.kind === 'inject' ? [act.code] : [])),
    ),
    ...script.points.flatMap((one) => missing(objects, one.object, `测点 ${one.key} 的对象`)),
    ...script.acts.flatMap((act) => [
      ...(act.kind === 'readings' ? missing(known, act.point, `第 ${act.minute} 分钟的测点`) : []),
      ...(act.minute < script.minutes
        ? []
        : [`第 ${act.minute} 分钟的安排晚于演练结束（${script.minutes} 分钟）。请提前，或延长演练。`]),
    ]),
    ...script.expectations.flatMap((one) =>
      one.kind === 'answered'
        ? missing(injects, one.inject, `“${one.text}”的导调`)
        : missing(objects, one.object, `“${one.text}”的对象`),
    ),
    ...(Math.abs(weights - 100) < 1e-9 ? [] : [`各项分值合计 ${weights}，须为 100。请调整分值。`]),
  ];
}

function twice(what: string, keys: readonly string[]): readonly string[] {
  return keys.flatMap((one, i) =>
    keys.indexOf(one) < i ? [`${what}“${one}”重复。请改编码或删去一个。`] : [],
  );
}

function missing(known: ReadonlySet<string>, wanted: string, what: string): readonly string[] {
  return known.has(wanted) ? [] : [`${what}“${wanted}”在脚本里没有。请改编码或补上。`];
}
