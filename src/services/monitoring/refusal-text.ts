import { GB26875_REFUSAL_TEXT } from '#gateways/gb26875';
import { HJ212_REFUSAL_TEXT } from '#gateways/hj212';
import { MODBUS_REFUSAL_TEXT } from '#gateways/modbus';
import { MQTT_REFUSAL_TEXT } from '#gateways/mqtt';
import { SL651_REFUSAL_TEXT } from '#gateways/sl651';

import { INTAKE } from './intake/intake-desk.ts';
import { INTAKE_REFUSAL_TEXT } from './intake/refusal-text.ts';

/** Why frames are refused, by protocol and reason, in words that say how to mend it. */
const REFUSAL_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hj212: HJ212_REFUSAL_TEXT,
  mqtt: MQTT_REFUSAL_TEXT,
  [INTAKE]: INTAKE_REFUSAL_TEXT,
  gb26875: GB26875_REFUSAL_TEXT,
  sl651: SL651_REFUSAL_TEXT,
  modbus: MODBUS_REFUSAL_TEXT,
};

/** The sentence of a refusal; the reason itself where nobody has written one. */
export function refusalText(protocol: string, reason: string): string {
  return REFUSAL_TEXTS[protocol]?.[reason] ?? reason;
}
