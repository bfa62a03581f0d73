/** What a test device sends, and to which door. */
export interface Delivery {
  readonly host: string;
  readonly port: number;
  /** What the device calls itself, or the token it shows. */
  readonly deviceCode: string;
  readonly token: string;
  readonly factor: string;
  /** Moments (epoch ms, whole seconds) and values, oldest first. */
  readonly readings: readonly { readonly at: number; readonly value: number }[];
  /** Ends the delivery when its time is over. */
  readonly signal: AbortSignal;
}
