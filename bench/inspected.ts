import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process of Node holds, in bytes. */
export interface Held {
  /** Objects and buffers after a collection. */
  readonly live: number;
  /** What the kernel counts (VmRSS); it holds what collections have not given back. */
  readonly resident: number;
}

/** With these settings a process can be asked by its inspector, on a port of its own. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

const LISTENING = /Debugger listening on (ws:\/\/\S+)/gu;
const COLLECTIONS = 3;
const PAUSE_MS = 1000;

interface Reply {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: string } };
}

/** Collects what nobody holds any more in a process that was started {@link INSPECTED}, and tells what is left. `said` is its stderr. */
export async function heldBy(pid: number, said: string): Promise<Held> {
  // A process that was started again says a new one.
  const address = [...said.matchAll(LISTENING)].at(-1)?.[1];
  if (address === undefined) throw new Error('the process says no address of its inspector');
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`no inspector at ${address}`)), { once: true });
  });
  try {
    await ask(socket, 'HeapProfiler.enable');
    // What a collection finds dead may hold more that the next one finds.
    for (let i = 0; i < COLLECTIONS; i += 1) {
      await ask(socket, 'HeapProfiler.collectGarbage');
      await sleep(PAUSE_MS);
    }
    const told = await ask(socket, 'Runtime.evaluate', {
      expression: 'JSON.stringify(process.memoryUsage())',
      returnByValue: true,
    });
    const { heapUsed, arrayBuffers } = JSON.parse(told.result?.result?.value ?? '{}') as NodeJS.MemoryUsage;
    return { live: heapUsed + arrayBuffers, resident: residentBytes(pid) };
  } finally {
    socket.close();
  }
}

let asked = 0;

function ask(socket: WebSocket, method: string, params: object = {}): Promise<Reply> {
  asked += 1;
  const id = asked;
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent): void => {
      const reply = JSON.parse(String(data)) as Reply;
      if (reply.id !== id) return;
      socket.removeEventListener('message', hear);
      resolve(reply);
    };
    socket.addEventListener('message', hear);
    socket.send(JSON.stringify({ id, method, params }));
  });
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
