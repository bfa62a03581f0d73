import { Client } from './client.ts';
import { PASSWORD, PuanProcess } from './puan-process.ts';
import { writeXlsx } from '../src/services/platform/organisation/sheet/write-xlsx.ts';
const puan = new PuanProcess();
await puan.start();
try {
  const nobody = new Client(puan.url);
  const admin = await nobody.as('admin', PASSWORD);
  const flood = await nobody.as('flood.admin', PASSWORD);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const head = { authorization: `Bearer ${flood.token}` };
  const raw = await writeXlsx({ name: '表', header: ['编码', '名称', '场景', '经度', '纬度'], rows: [['HTTP-1', '张江下立交', '防汛防台', 121.6, 31.2]] });
  for (const dry of ['true', 'false', 'false']) {
    const t = performance.now();
    const r = await fetch(`${puan.url}/api/v1/imports?kind=objects&dryRun=${dry}`, { method: 'POST', headers: { ...head, 'content-type': type }, body: new Uint8Array(raw) });
    console.log('import', dry, r.status, (await r.text()).slice(0, 200), Math.round(performance.now() - t));
  }
  const bad = await fetch(`${puan.url}/api/v1/imports?kind=objects&dryRun=true`, { method: 'POST', headers: { ...head, 'content-type': type }, body: 'x' });
  console.log('bad', bad.status, await bad.text());
  const big = await fetch(`${puan.url}/api/v1/imports?kind=objects`, { method: 'POST', headers: { ...head, 'content-type': type }, body: new Uint8Array(21_000_000) });
  console.log('big', big.status, (await big.text()).slice(0, 160));
  const wrong = await fetch(`${puan.url}/api/v1/imports?kind=people`, { method: 'POST', headers: { ...head, 'content-type': type }, body: 'x' });
  console.log('kind', wrong.status, (await wrong.text()).slice(0, 160));
  const ct = await fetch(`${puan.url}/api/v1/imports?kind=objects`, { method: 'POST', headers: { ...head, 'content-type': 'text/csv' }, body: 'x' });
  console.log('type', ct.status, (await ct.text()).slice(0, 200));
  const out = await fetch(`${puan.url}/api/v1/exports?kind=objects`, { headers: head });
  console.log('export', out.status, out.headers.get('content-type'), out.headers.get('content-disposition'), (await out.arrayBuffer()).byteLength);
  const p = await flood.send<Record<string, unknown>>('GET', '/api/v1/platforms/FLOOD');
  console.log('platform', p.status, JSON.stringify(p.body).slice(0, 300));
  const up = await flood.send<Record<string, unknown>>('PUT', '/api/v1/platforms/industry.emergency', { version: 1, note: 'x' });
  console.log('put', up.status, JSON.stringify(up.body).slice(0, 200));
  console.log('set', JSON.stringify((await flood.send('PUT', '/api/v1/platforms/FLOOD/settings/tracks.kept-days', { value: 7 })).body).slice(0, 200));
  console.log('resp', JSON.stringify((await admin.send('GET', '/api/v1/responsibilities?under=FLOOD&gaps=true')).body).slice(0, 300));
  const o = await flood.send<{ items: { id: number; version: number }[] }>('GET', '/api/v1/objects?search=' + encodeURIComponent('张江'));
  console.log('objects', o.status, JSON.stringify(o.body).slice(0, 300));
  const { id, version } = o.body.items[0]!;
  console.log('move', JSON.stringify((await flood.send('PUT', `/api/v1/objects/${id}`, { version, lat: 31.14, lon: 121.7 })).body).slice(0, 200));
  console.log('del', JSON.stringify((await flood.send('DELETE', `/api/v1/objects/${id}?version=${version + 1}&reason=${encodeURIComponent('拆除')}`)).body).slice(0, 200));
  console.log('errors', puan.errors.slice(0, 500));
} finally { await puan.remove(); }
