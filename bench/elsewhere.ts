import { spawn } from 'node:child_process';

/** Runs a load generator in a process of its own and gives what it counted. Rejects with what it said when it fails. */
export function driveElsewhere(file: string, load: object): Promise<{ answered: number; seconds: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', file, JSON.stringify(load)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    let faults = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr.on('data', (part: Buffer) => (faults += part.toString()));
    child.on('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said) as { answered: number; seconds: number });
      else reject(new Error(`the clients ended with ${code}: ${faults}`));
    });
  });
}
