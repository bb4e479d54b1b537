import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from '../../e2e/harness.ts';
import { seededRandom } from '../../e2e/testing/random.ts';
import { filesBelow } from '../../packages/server/testing/files.ts';
import { Crowd } from './crowd.ts';

const FILMS = 3;

test('the reckoning finds nothing while all is well, and the film whose bytes somebody took away', async () => {
  await using service = await startService({ settings: { OPENVOD_TRANSCODE_DEFAULTS: '10,210' } });
  const crowd = new Crowd(service, { customers: 2, random: seededRandom(7) });
  while ([...crowd.ledger.films.values()].filter(({ fate }) => fate === 'kept').length < FILMS)
    await sleep(50);
  const well = await crowd.reckon();
  assert.deepEqual([well.lost, well.broken], [[], []]);

  const robbed = [...crowd.ledger.films.values()].find(({ fate }) => fate === 'kept')!.fileId;
  const objects = path.join(service.dataDir, 'objects');
  const sources = (await filesBelow(objects)).filter((file) => file.endsWith(`${robbed}/f0.mp4`));
  assert.equal(sources.length, 1);
  await rm(path.join(objects, sources[0]!));
  const lost = await crowd.losses();
  assert.equal(lost.length, 1);
  assert.match(lost[0]!, new RegExp(`the bytes of ${robbed} are gone`));
});
