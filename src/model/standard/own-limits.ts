import type { SignLevel } from './sign.ts';

/** What an object has of its own at one level of a sign, in the sign's unit; what is not given is the standard's. */
export interface OwnLevel {
  readonly limit?: number;
  /** The lower end of a band. */
  readonly lower?: number;
  readonly onDelaySeconds?: number;
}

/** 对象专用限值: what one object has of its own of one sign. Only levels that the standard's sign has. */
export interface OwnLimits {
  readonly levels: Readonly<Partial<Record<SignLevel, OwnLevel>>>;
  readonly deadband?: number;
  readonly offDelaySeconds?: number;
}

/** Own limits of an object by the code of the sign. */
export type ObjectLimits = Readonly<Record<string, OwnLimits>>;
