import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { openSimulatorToken } from '#services/platform';
import type { SystemContext } from '#services/context';

import type { Log } from './log.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../simulator/main.ts');

/** The simulated district: a process of its own that comes in by the same doors as real devices do. */
export class SimulatorProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** `ports` are those really listened on. The token is made anew at each start and lies in the data folder. */
  static async start(
    context: SystemContext,
    at: { readonly dataDir: string; readonly httpPort: number; readonly hj212Port: number },
    log: Log,
  ): Promise<SimulatorProcess> {
    const token = randomBytes(32).toString('base64url');
    await openSimulatorToken(context, token);
    const file = path.join(at.dataDir, 'simulator.token');
    writeFileSync(file, token, { mode: 0o600 });
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        PUAN_HTTP_PORT: String(at.httpPort),
        PUAN_HJ212_PORT: String(at.hj212Port),
        PUAN_SIMULATOR_TOKEN_FILE: file,
      },
    });
    child.on('exit', (code) => {
      if (code !== 0 && code !== null) log.warn(`模拟设备进程退出（${code}）；真实设备不受影响`);
    });
    return new SimulatorProcess(child);
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGTERM');
  }
}
