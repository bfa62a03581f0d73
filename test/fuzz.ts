/**
 * `npm run fuzz [-- --frames N] [--seed N] [protocol …]`: frames cut, mutilated and drowned in noise, until at least N (a
 * million unless told) have been read or refused over all protocols. Ends with one JSON line a protocol; exit 1 with the
 * broken promise and the seed that plays it again.
 */
import { fuzzGb26875 } from '../src/protocols/gb26875/fuzz.ts';
import { SEEDS as GB26875 } from '../src/protocols/gb26875/fuzz-seeds.ts';
import { fuzzHj212 } from '../src/protocols/hj212/fuzz.ts';
import { SEEDS as HJ212 } from '../src/protocols/hj212/fuzz-seeds.ts';
import { fuzzMqtt } from '../src/protocols/mqtt/fuzz.ts';
import { SEEDS as MQTT } from '../src/protocols/mqtt/fuzz-seeds.ts';
import { fuzzSl651 } from '../src/protocols/sl651/fuzz.ts';
import { SEEDS as SL651 } from '../src/protocols/sl651/fuzz-seeds.ts';
import { seeded } from './seeded.ts';

type Fuzz = (
  seeds: readonly Uint8Array[],
  rounds: number,
  random: () => number,
) => { readonly frames: number; readonly refused: number };

const TARGETS: Readonly<Record<string, { readonly fuzz: Fuzz; readonly seeds: readonly Uint8Array[] }>> = {
  hj212: { fuzz: fuzzHj212, seeds: HJ212 },
  sl651: { fuzz: fuzzSl651, seeds: SL651 },
  gb26875: { fuzz: fuzzGb26875, seeds: GB26875 },
  mqtt: { fuzz: fuzzMqtt, seeds: MQTT },
};
const ROUNDS = 500;

function unusable(sentence: string): never {
  process.stderr.write(
    `${sentence}\n用法：npm run fuzz [-- --frames N] [--seed N] [${Object.keys(TARGETS).join('|')} …]\n`,
  );
  process.exit(2);
}

function readArguments(argv: readonly string[]): {
  frames: number;
  seed: number;
  protocols: readonly string[];
} {
  const numbers = { '--frames': 1_000_000, '--seed': Date.now() % 1_000_000 };
  const protocols: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--frames' || word === '--seed') {
      at += 1;
      numbers[word] = Number(argv[at]);
      if (!Number.isSafeInteger(numbers[word]) || numbers[word] < 0) unusable(`${word} 后面要写一个自然数。`);
    } else if (word in TARGETS) protocols.push(word);
    else unusable(`不认识“${word}”。`);
  }
  return {
    frames: numbers['--frames'],
    seed: numbers['--seed'],
    protocols: protocols.length > 0 ? protocols : Object.keys(TARGETS),
  };
}

const { frames: wanted, seed, protocols } = readArguments(process.argv.slice(2));
const isTerminal = process.stderr.isTTY;
for (const protocol of protocols) {
  const target = TARGETS[protocol];
  if (target === undefined) continue;
  const random = seeded(seed);
  const tally = { frames: 0, refused: 0 };
  const began = performance.now();
  const share = wanted / protocols.length;
  while (tally.frames + tally.refused < share) {
    try {
      const { frames, refused } = target.fuzz(target.seeds, ROUNDS, random);
      tally.frames += frames;
      tally.refused += refused;
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}（--seed ${seed}）\n`);
      process.exit(1);
    }
    if (isTerminal)
      process.stderr.write(`\r${protocol} ${tally.frames + tally.refused} / ${Math.ceil(share)} `);
  }
  if (isTerminal) process.stderr.write('\r\u001B[K');
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
  process.stdout.write(`${JSON.stringify({ protocol, ...tally, seconds, seed })}\n`);
}
