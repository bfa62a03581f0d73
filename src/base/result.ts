/** One refused item of many: where it stood, which rule it broke, and a sentence that says how to mend it. */
export interface Refusal<Code extends string = string> {
  readonly index: number;
  readonly code: Code;
  readonly message: string;
}
