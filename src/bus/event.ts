/** A published event. `seq` grows in the order of publishing and is what streams resume from. */
export interface Event {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly payload: Readonly<Record<string, unknown>> & { readonly id: number };
}
