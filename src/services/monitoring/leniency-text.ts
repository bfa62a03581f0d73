import { GB26875_LENIENCY_TEXT } from '#gateways/gb26875';
import { HJ212_LENIENCY_TEXT } from '#gateways/hj212';
import { MQTT_LENIENCY_TEXT } from '#gateways/mqtt';
import { SL651_LENIENCY_TEXT } from '#gateways/sl651';

/** Deviations that were allowed and used, by protocol, in words. */
const LENIENCY_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hj212: HJ212_LENIENCY_TEXT,
  gb26875: GB26875_LENIENCY_TEXT,
  sl651: SL651_LENIENCY_TEXT,
  mqtt: MQTT_LENIENCY_TEXT,
};

/** The sentence of a leniency; its own name where nobody has written one. */
export function leniencyText(protocol: string, leniency: string): string {
  return LENIENCY_TEXTS[protocol]?.[leniency] ?? leniency;
}
