// The broker library by itself, in a process of its own: every message is answered from memory and thrown away.
import { createServer } from 'node:net';

import { Aedes } from 'aedes';

const broker = await Aedes.createBroker();
createServer(broker.handle).listen(Number(process.argv[2]), '127.0.0.1', () =>
  process.stdout.write('ready\n'),
);
