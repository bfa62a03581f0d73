import { z } from 'zod';
import {
  ESCALATION_CHANNELS,
  HANDBOOK_ROLES,
  type LevelLimits,
  LIMIT_CLASSES,
  type LimitsFile,
  SIGN_LEVELS,
} from '#model/standard';
import { basis } from './basis.ts';

const text = z.string().min(1);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const limit = z.union([
  z.number().int().positive(),
  z.strictObject({ kind: z.enum(['end-of-working-day', 'sign-normal']) }),
]);

export const levelLimits = z.strictObject({
  acceptSeconds: limit,
  onSiteSeconds: limit,
  feedbackSeconds: limit,
  followUpSeconds: limit,
  followUpLaterSeconds: limit.exactOptional(),
  clearSeconds: limit,
  closeSeconds: limit,
  verifySeconds: limit,
  analystReportSeconds: limit.exactOptional(),
  workingHours: z.boolean(),
}) satisfies z.ZodType<LevelLimits>;

const recipient = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: z.enum(HANDBOOK_ROLES) }),
  z.strictObject({ kind: z.literal('deputy'), role: z.enum(HANDBOOK_ROLES) }),
  z.strictObject({ kind: z.literal('platform-duty'), platform: text }),
]);
const channels = z.array(z.enum(ESCALATION_CHANNELS)).min(1);
const recipients = z.array(recipient).min(1);

const escalation = z.strictObject({
  ladder: z.array(z.strictObject({ percent: z.number().positive(), channels, recipients })).min(1),
  unacceptedRed: z.strictObject({
    afterSeconds: z.number().int().positive(),
    channels,
    recipients,
    reassign: z.boolean(),
  }),
  unacknowledged: z.strictObject({
    afterSeconds: z.number().int().positive(),
    levels: z.array(z.enum(SIGN_LEVELS)),
  }),
  overdueListAt: clock,
  neverSuspended: z.array(z.enum(SIGN_LEVELS)),
  basis,
});

/** `standards/limits.json`: limit classes, working periods and the escalation ladder. */
export const limitsFile = z.strictObject({
  version: text,
  workingPeriods: z.array(z.strictObject({ from: clock, to: clock })).min(1),
  workingPeriodsBasis: basis,
  classes: z.array(
    z.strictObject({
      code: z.enum(LIMIT_CLASSES),
      name: text,
      levels: z.strictObject({
        red: levelLimits,
        orange: levelLimits,
        yellow: levelLimits,
        blue: levelLimits,
      }),
      basis,
    }),
  ),
  escalation,
}) satisfies z.ZodType<LimitsFile>;
