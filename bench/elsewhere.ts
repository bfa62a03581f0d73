import { spawn } from 'node:child_process';

/** Runs a load generator in a process of its own and gives what it counted. Rejects with what it said when it fails; it does not outlive us. */
export function driveElsewhere<Counted = { answered: number; seconds: number }>(
  file: string,
  load: object,
): Promise<Counted> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', file, JSON.stringify(load)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const end = (): void => void child.kill();
    process.once('exit', end);
    let said = '';
    let faults = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr.on('data', (part: Buffer) => (faults += part.toString()));
    child.on('exit', (code) => {
      process.off('exit', end);
      if (code === 0) resolve(JSON.parse(said) as Counted);
      else reject(new Error(`the clients ended with ${code}: ${faults}`));
    });
  });
}
