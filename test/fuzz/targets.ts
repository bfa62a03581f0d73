import { fuzzGb26875 } from '../../src/protocols/gb26875/fuzz.ts';
import { SEEDS as GB26875 } from '../../src/protocols/gb26875/fuzz-seeds.ts';
import { fuzzHj212 } from '../../src/protocols/hj212/fuzz.ts';
import { SEEDS as HJ212 } from '../../src/protocols/hj212/fuzz-seeds.ts';
import { fuzzMqtt } from '../../src/protocols/mqtt/fuzz.ts';
import { SEEDS as MQTT } from '../../src/protocols/mqtt/fuzz-seeds.ts';
import { fuzzSl651 } from '../../src/protocols/sl651/fuzz.ts';
import { SEEDS as SL651 } from '../../src/protocols/sl651/fuzz-seeds.ts';
import { fuzzSparkplug, fuzzThingsBoard } from './payloads.ts';
import { fuzzPushes } from './pushes.ts';
import { fuzzModbus } from './registers.ts';
import { fuzzSheets } from './sheets.ts';
import type { Fuzz } from './target.ts';

/** Everything that reads what foreign peers send. */
export const TARGETS: Readonly<Record<string, Fuzz>> = {
  hj212: (rounds, random) => fuzzHj212(HJ212, rounds, random),
  sl651: (rounds, random) => fuzzSl651(SL651, rounds, random),
  gb26875: (rounds, random) => fuzzGb26875(GB26875, rounds, random),
  mqtt: (rounds, random) => fuzzMqtt(MQTT, rounds, random),
  thingsboard: fuzzThingsBoard,
  sparkplug: fuzzSparkplug,
  modbus: fuzzModbus,
  pushes: fuzzPushes,
  sheets: fuzzSheets,
};
