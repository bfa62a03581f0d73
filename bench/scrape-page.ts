// The page of readings that Prometheus reads, in a process of its own. Tells its port, then serves until it is ended.
import { createServer } from 'node:http';

import { valueOf } from './batches.ts';

const points = Number(process.argv[2]);
const names = Array.from({ length: points }, (_, i) => `reading{point="bench.${i}"} `);
let round = 0;

const server = createServer((_, reply) => {
  round += 1;
  const lines = names.map((name, i) => `${name}${valueOf(i, round)}`);
  reply.setHeader('content-type', 'text/plain; version=0.0.4');
  reply.end(`${lines.join('\n')}\n`);
});
server.listen(Number(process.argv[3]), '127.0.0.1');
