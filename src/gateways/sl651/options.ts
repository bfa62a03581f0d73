import type { LineOptions } from '#gateways/line';
import type { AssemblyLimits } from '#protocols/sl651';

export interface Sl651GatewayOptions extends LineOptions {
  /** 问一个站，等回答这么久（毫秒）。 */
  readonly answerWithinMs?: number | undefined;
  readonly packets?: Partial<AssemblyLimits> | undefined;
}

export const PROTOCOL = 'sl651';
export const ANSWER_WITHIN_MS = 10_000;
