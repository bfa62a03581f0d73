/** An object as the graph knows it. WGS 84 degrees. */
export interface GraphObject {
  readonly id: number;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly town: string | null;
  readonly place: number;
  readonly scenarios: readonly number[];
  /** Codes of the elements it has points of; only those a rule asks for are needed. */
  readonly elements: readonly string[];
}
