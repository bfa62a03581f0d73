import type { AppError } from '#base';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { IntakeStation } from '../intake/testing.ts';
import { listResults } from './list-results.ts';
import { postResult } from './post-result.ts';

let at: IntakeStation;
let level: number;
beforeAll(async () => {
  at = await IntakeStation.open();
  level = await at.station.point('forecast', 'FLOOD.UNDERPASS');
  await at.station.point('gauge', 'FLOOD.UNDERPASS');
});
afterAll(() => at.close());

const result = (more: object = {}) => ({
  model: '下立交积水预测',
  version: '2.1',
  confidence: 0.72,
  inputs: [{ point: 'gauge', from: at.station.now - 3_600_000, to: at.station.now }],
  point: 'forecast',
  observedAt: at.station.now,
  value: 12,
  ...more,
});
const post = (body: ReturnType<typeof result>) =>
  postResult(at.station.request(), { desk: at.station.desk, storage: at.station.db.storage }, { body });
const coded = (code: string) => expect.objectContaining({ code }) as AppError;

test('a result of an analysis is a reading of its own source, and says what it was made of; sent again it stands once', async () => {
  expect(await post(result())).toEqual({ stored: true });
  expect(await post(result())).toEqual({ stored: false });
  expect(await at.station.stored(level)).toMatchObject([{ value: 12, source: 1 }]);
  const { items } = await listResults(at.station.request(), { query: { limit: 50, point: 'forecast' } });
  expect(items).toMatchObject([
    {
      model: '下立交积水预测',
      version: '2.1',
      confidence: 0.72,
      inputs: [{ point: 'gauge' }],
      writtenBy: '技术管理员',
    },
  ]);
});

test('a result that names what nobody knows, or what cannot be, is refused', async () => {
  await expect(post(result({ point: 'nowhere' }))).rejects.toThrow(coded('reading.unknown-point'));
  const inputs = [{ point: 'nothing', from: 1, to: 2 }];
  await expect(post(result({ inputs }))).rejects.toThrow(coded('reading.unknown-point'));
  await expect(post(result({ value: 1e9 }))).rejects.toThrow(coded('reading.out-of-range'));
});

test('a system that pushes results is held to its platform, and what is wrong with one does not stop the others', async () => {
  await at.source('analytics', 'model-1');
  await at.source('analytics', 'model-2', { platform: '310115103' });
  at.station.now += 60_000;
  const body = [result({ value: 15 }), { model: 'x' }, result({ point: 'nowhere' })];
  expect(await at.push('analytics', 'model-1', body)).toEqual({ taken: 1, kept: 0, refused: 2 });
  expect(await at.push('analytics', 'model-2', body[0])).toEqual({ taken: 0, kept: 0, refused: 1 });
  expect(await at.refused('model-1')).toEqual({ 'not-a-result': 1, 'reading.unknown-point': 1 });
  expect((await at.station.stored(level)).map(({ value }) => value)).toEqual([12, 15]);
});

test('results elsewhere are not shown', async () => {
  const elsewhere = at.station.request({ places: [{ from: 900_000, to: 900_001 }], scenarios: [] });
  expect((await listResults(elsewhere, { query: { limit: 50 } })).items).toEqual([]);
});
