import type { CompositeSign } from './composite.ts';
import type { ElementDefinition } from './element.ts';
import type { HandbookEntry } from './handbook.ts';
import type { ParameterDefinition } from './parameter.ts';
import type { Sign } from './sign.ts';
import type { WarningItemDefinition } from './warning-item.ts';

/** 业务标准 of one scenario: the content of one file of `standards/`. */
export interface StandardFile {
  readonly scenario: string;
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly elements: readonly ElementDefinition[];
  readonly items: readonly WarningItemDefinition[];
  /** What its signs need to know of objects. */
  readonly parameters: readonly ParameterDefinition[];
  readonly signs: readonly Sign[];
  /** 复合体征; absent in versions of the time before there were any. */
  readonly composites?: readonly CompositeSign[];
  readonly handbook: readonly HandbookEntry[];
}
