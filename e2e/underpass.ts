import { Hj212Device } from '../simulator/hj212-device.ts';
import type { Client } from '../test/client.ts';

const FACTOR = 'w01022';
const PW = '123456';
const ST = '91';

/** An underpass with one depth gauge behind a logger that speaks HJ 212. */
export interface Underpass {
  readonly name: string;
  readonly mn: string;
  /** Sends the depth in cm (CN 2011, Flag=5); resolves once the server answered 9014. */
  send(cm: number, secondsAgo?: number): Promise<void>;
  close(): void;
}

/** Registers one through the API, as an integrator does, and connects its logger. `number` makes codes of its own. */
export async function openUnderpass(
  client: Client,
  at: { readonly number: number; readonly name: string; readonly hj212Port: number },
): Promise<Underpass> {
  const code = `E2E-UP-${at.number}`;
  const mn = `E2E31011500000000000${String(at.number).padStart(4, '0')}`;
  await client.ask('POST', '/api/v1/objects', {
    code,
    name: at.name,
    scenarios: ['FLOOD'],
    lat: 31.2035 + at.number * 0.002,
    lon: 121.5906,
  });
  const point = `${code}-DEPTH`;
  await client.ask('POST', '/api/v1/points', { code: point, object: code, element: 'FLOOD.UNDERPASS' });
  await client.ask('POST', '/api/v1/devices', {
    code: mn,
    protocol: 'hj212',
    points: [{ factor: FACTOR, point }],
    settings: { password: PW },
  });
  const device = new Hj212Device({ host: '127.0.0.1', port: at.hj212Port, mn, pw: PW, st: ST });
  return {
    name: at.name,
    mn,
    send: async (cm, secondsAgo = 0) => {
      const { answered } = device.counts;
      await device.upload(Date.now() - secondsAgo * 1000, [
        [
          [`${FACTOR}-Rtd`, cm.toFixed(1)],
          [`${FACTOR}-Flag`, 'N'],
        ],
      ]);
      if (device.counts.answered !== answered + 1) throw new Error(`${mn}：没有等到 9014 应答`);
    },
    close: () => device.close(),
  };
}
