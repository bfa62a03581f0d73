import type { LineOptions } from '#gateways/line';
import type { NoteKeeper } from '#model/monitoring';
import type { AssemblyLimits } from '#protocols/sl651';

export interface Sl651GatewayOptions extends LineOptions {
  /** 图片与人工置数交给它；存成才确认。 */
  readonly notes: NoteKeeper;
  /** 问一个站，等回答这么久（毫秒）。 */
  readonly answerWithinMs?: number | undefined;
  readonly packets?: Partial<AssemblyLimits> | undefined;
}

export const PROTOCOL = 'sl651';
export const ANSWER_WITHIN_MS = 10_000;
