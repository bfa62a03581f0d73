import type { Client } from '../client.ts';

const SPOT = { lat: 31.2, lon: 121.6 };

/** Records of two scenarios, one of which the attackers have no business with, and the line that lets villages in. */
export async function furnish(admin: Client, security: Client): Promise<void> {
  const kinds = [
    ['FLOOD', '泵站', 'FLOOD.UNDERPASS'],
    ['GAS', '调压站', 'GAS.CH4_SPACE'],
  ] as const;
  for (const [scenario, name, element] of kinds) {
    const code = `hx-${scenario.toLowerCase()}`;
    await admin.ask('POST', '/api/v1/objects', { code, name, scenarios: [scenario], ...SPOT });
    await admin.ask('POST', '/api/v1/points', { code, object: code, element });
    const points = [{ factor: 'w01018', point: code }];
    await admin.ask('POST', '/api/v1/devices', { code, protocol: 'hj212', points });
    const unit = { code, name: `${name}养护单位`, kind: 'owner', platform: scenario, phone: '13912345678' };
    await admin.ask('POST', '/api/v1/units', unit);
  }
  const { items, version } = await security.ask<{ items: object[]; version: string }>(
    'GET',
    '/api/v1/identity/mappings',
  );
  const line = {
    id: 0,
    priority: 100,
    enabled: true,
    effect: 'grant',
    claim: 'roles',
    value: 'village',
    role: 'village-handler',
    platform: null,
    platformClaim: 'org_code',
    note: null,
  };
  await security.ask('PUT', '/api/v1/identity/mappings', { items: [...items, line], version });
}
