/** What a test device sends, and to which door. */
export interface Delivery {
  readonly host: string;
  readonly port: number;
  /** Whether the door speaks TLS (HTTP only). */
  readonly tls: boolean;
  /** What the device calls itself, or the token it shows. */
  readonly deviceCode: string;
  readonly token: string;
  readonly factor: string;
  /** Code of the point the factor feeds: what a device that posts names. */
  readonly point: string;
  /** Moments (epoch ms, whole seconds) and values, oldest first. */
  readonly readings: readonly { readonly at: number; readonly value: number }[];
  /** Ends the delivery when its time is over. */
  readonly signal: AbortSignal;
}
