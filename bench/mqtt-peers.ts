import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A broker beside ours, answering the same clients from memory: it stores nothing. */
export interface MqttPeer {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  close(): void;
}

const AEDES_FILE = path.join(import.meta.dirname, 'mqtt-aedes.ts');
const READY_MS = 20_000;

/** The library our broker is built on, by itself. */
export async function startAedes(): Promise<MqttPeer> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', AEDES_FILE, String(port)], {
    stdio: 'ignore',
  });
  return ready('aedes', port, { child });
}

/** Debian's `mosquitto`; undefined where it is not installed. */
export async function startMosquitto(): Promise<MqttPeer | undefined> {
  const asked = spawnSync('mosquitto', ['-h'], { encoding: 'utf8' });
  if (asked.error !== undefined) return undefined;
  const version = /version (\S+)/u.exec(asked.stdout)?.[1] ?? '';
  const port = await freePort();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-mosquitto-'));
  const file = path.join(folder, 'mosquitto.conf');
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\nset_tcp_nodelay true\n`,
  );
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
  return ready(`mosquitto ${version}`, port, { child, folder });
}

async function ready(
  name: string,
  port: number,
  { child, folder }: { readonly child: ChildProcess; readonly folder?: string },
): Promise<MqttPeer> {
  const close = (): void => {
    child.kill();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + READY_MS;
  while (!(await answers(port))) {
    if (Date.now() < until) await sleep(50);
    else {
      close();
      throw new Error(`${name} does not listen`);
    }
  }
  return { name, port, pid: child.pid ?? 0, close };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
