import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { CreateScreenShot, DescribeAutoScreenShot } from '@openvod/contract/v2';
import { describeOnBothDatabases } from '../testing/databases.ts';
import { WireError } from '../testing/wire-error.ts';
import { makeClip } from './testing/clip.ts';
import { APP, createFixture } from './testing/fixture.ts';

let folder = '';
let clip = '';

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openvod-test-'));
  clip = path.join(folder, 'clip.mp4');
  await makeClip(clip, { seconds: 5, size: '160x90' });
});
after(() => rm(folder, { recursive: true, force: true }));

/** Width and height of a picture, px. */
function sizeOf(file: string): string {
  const args = ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', file];
  return execFileSync('ffprobe', args, { encoding: 'utf8' }).trim();
}

describeOnBothDatabases('what the oldest clients ask for pictures with', (open) => {
  test('DescribeAutoScreenShot and CreateScreenShot list the sampled pictures, which can be fetched', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const [sampled, bare] = [await fixture.addVideo(clip), await fixture.addVideo(clip)];
    const none = await fixture.call('DescribeAutoScreenShot', { fileId: sampled });
    assert.deepEqual(none, { imageurls: [] });
    const asked = { fileId: sampled, sampleSnapshot: { definition: '10' } };
    const { vodTaskId } = await fixture.call('ProcessFile', asked);
    await fixture.startEngine();
    assert.equal((await fixture.finished(vodTaskId)).failure, null);

    const { imageurls } = DescribeAutoScreenShot.result.parse(
      await fixture.call('DescribeAutoScreenShot', { fileId: sampled }),
    );
    assert.deepEqual(
      imageurls.map(({ id, vwidth, vheight }) => [id, vwidth, vheight]),
      imageurls.map((_, i) => [i + 1, '160', '90']),
    );
    assert.ok(imageurls.length >= 10);
    for (const { url } of imageurls) {
      const name = url.split('/').slice(-2).join('/');
      const file = await fixture.library.outputs.locate(APP, sampled, name);
      await using local = await fixture.store.localFile(file!.key);
      assert.equal(sizeOf(local.path), '160,90');
    }

    const pullset = { 0: { fileId: sampled }, 1: { fileId: '7' }, 2: { fileId: bare } };
    const { data } = CreateScreenShot.result.parse(await fixture.call('CreateScreenShot', { pullset }));
    assert.deepEqual(data.list, [
      { code: 0, message: '', imgUrls: imageurls.slice(0, 10) },
      { code: 10008, message: 'there is no video 7', imgUrls: [] },
      { code: 0, message: '', imgUrls: [] },
    ]);
  });

  test('pictures at other distances are not those at every 10 %', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const body = { format: 'jpg', width: null, height: null, fill: 'stretch', every: { ms: 1000 } } as const;
    const { id } = await fixture.templates.create(APP, 'sampledSnapshot', { body }, Date.now());
    const { vodTaskId } = await fixture.call('ProcessFile', {
      fileId,
      sampleSnapshot: { definition: String(id) },
    });
    await fixture.startEngine();
    await fixture.finished(vodTaskId);
    const { imageurls } = await fixture.call('DescribeAutoScreenShot', { fileId });
    assert.equal(imageurls.length, 5);
    const { data } = await fixture.call('CreateScreenShot', { pullset: { 0: { fileId } } });
    assert.deepEqual(data.list[0].imgUrls, []);
  });

  test('a video that does not exist, or belongs to another application, has none', async () => {
    await using database = await open();
    await using fixture = await createFixture(database.database, database.dataDir);
    const fileId = await fixture.addVideo(clip);
    const fails = (error: unknown) => error instanceof WireError && error.code === 10008;
    await assert.rejects(fixture.call('DescribeAutoScreenShot', { fileId: '7' }), fails);
    await assert.rejects(fixture.call('DescribeAutoScreenShot', { fileId }, '1250000002'), fails);
    const { data } = await fixture.call('CreateScreenShot', { pullset: { 0: { fileId } } }, '1250000002');
    assert.equal(data.list[0].code, 10008);
  });
});
