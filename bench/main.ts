import { cascade } from './cascade.ts';
import { coverage } from './coverage.ts';
import { deadlines } from './deadlines.ts';
import { detection } from './detection.ts';
import { district } from './district.ts';
import { fire } from './fire.ts';
import { flood } from './flood.ts';
import { hj212 } from './hj212.ts';
import { ingest } from './ingest.ts';
import { latency } from './latency.ts';
import { lists } from './lists.ts';
import { map } from './map.ts';
import { memory } from './memory.ts';
import { mqtt } from './mqtt.ts';
import { peers } from './peers.ts';
import { platform } from './platform.ts';
import { rights } from './rights.ts';
import { rules } from './rules.ts';
import { standards } from './standards.ts';
import { steady } from './steady.ts';
import { storage } from './storage.ts';
import { streams } from './streams.ts';
import { wall } from './wall.ts';

const MEASUREMENTS: Readonly<Record<string, () => Promise<void>>> = {
  cascade,
  coverage,
  deadlines,
  detection,
  district,
  fire,
  flood,
  hj212,
  ingest,
  latency,
  lists,
  map,
  memory,
  mqtt,
  peers,
  platform,
  rights,
  rules,
  standards,
  steady,
  storage,
  streams,
  wall,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in MEASUREMENTS));
if (unknown.length > 0) {
  process.stderr.write(
    `没有这些测量：${unknown.join('、')}。可用：${Object.keys(MEASUREMENTS).join('、')}\n`,
  );
  process.exit(2);
}
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`正在测量 ${name} …\n`);
  await measure();
}
