import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import type { SettingTexts } from './definitions.ts';
import { createSettings } from './index.ts';
import { tables } from './tables.ts';

const APP = '1250000001';
const OTHER = '1500000001';

/** One process of the service, with a clock of its own. */
function open({ database }: TestDatabase, defaults: SettingTexts = {}) {
  const time = { now: 1_700_000_000_000 };
  const settings = createSettings({
    ...{ database, clock: () => time.now, log: silentLogger, defaults },
    facts: { hasDefinition: (_appId, id) => id < 100, hasWatermark: (_appId, id) => id === 1_000_001 },
  });
  return { settings, time };
}

describeOnBothDatabases('settings of applications', (openDatabase) => {
  test('each application has its own over the defaults', async () => {
    await using fixture = await openDatabase();
    const { settings } = open(fixture, { 'transcode.defaults': '10' });
    await settings.change(OTHER, { 'transcode.defaults': '20,30' });
    assert.deepEqual((await settings.of(APP))['transcode.defaults'], [10]);
    assert.deepEqual((await settings.of(OTHER))['transcode.defaults'], [20, 30]);
    assert.deepEqual(
      (await settings.list(OTHER)).map(({ name, value, isSet }) => [name, value, isSet]),
      [
        ['events.mode', 'pull', false],
        ['events.callbackUrl', '', false],
        ['transcode.defaults', '20,30', true],
        ['upload.verifyKey', '', false],
        ['covers.automatic', 'on', false],
        ['watermark.default', 'off', false],
        ['hotlink.key', 'off', false],
        ['hotlink.refererMode', 'off', false],
        ['hotlink.referers', '', false],
        ['hotlink.blankReferer', 'true', false],
        ['play.key', 'off', false],
        ['play.page', 'open', false],
        ['quota.callsPerSecond', 'off', false],
        ['quota.storageMiB', 'off', false],
        ['quota.tasks', 'off', false],
      ],
    );
    await settings.change(OTHER, { 'transcode.defaults': null });
    assert.deepEqual((await settings.of(OTHER))['transcode.defaults'], [10]);
  });

  test('other processes see a change once what they know is 5 s old', async () => {
    await using fixture = await openDatabase();
    const [here, there] = [open(fixture), open(fixture)];
    assert.equal((await there.settings.of(APP))['events.mode'], 'pull');
    const url = 'http://shop.example.com/';
    await here.settings.change(APP, { 'events.mode': 'callback', 'events.callbackUrl': url });
    assert.equal((await here.settings.of(APP))['events.mode'], 'callback');
    there.time.now += 4999;
    assert.equal((await there.settings.of(APP))['events.mode'], 'pull');
    there.time.now += 1;
    const { 'events.mode': mode, 'events.callbackUrl': seen } = await there.settings.of(APP);
    assert.deepEqual([mode, seen], ['callback', url]);
  });

  test('a domain has its own over those of its application, and no other domain has them', async () => {
    await using fixture = await openDatabase();
    const { settings } = open(fixture, { 'hotlink.key': 'fromVariable' });
    const keyIn = async (appId: string, domain: string) =>
      (await settings.recent(appId, domain))['hotlink.key'];
    assert.equal(await keyIn(APP, 'a.example.com'), 'fromVariable');
    await settings.change(APP, { 'hotlink.key': 'ofApplication' });
    await settings.change(APP, { 'hotlink.key': 'ofDomain1' }, 'A.example.com');
    assert.equal(await keyIn(APP, 'a.example.com'), 'ofDomain1');
    assert.equal(await keyIn(APP, 'b.example.com'), 'ofApplication');
    assert.equal(await keyIn(OTHER, 'a.example.com'), 'fromVariable');
    assert.equal((await settings.of(APP))['hotlink.key'], 'ofApplication');
    const shown = (await settings.list(APP, 'a.example.com')).map(({ name, value, isSet }) => [
      name,
      value,
      isSet,
    ]);
    assert.deepEqual(shown, [
      ['hotlink.key', 'ofDomain1', true],
      ['hotlink.refererMode', 'off', false],
      ['hotlink.referers', '', false],
      ['hotlink.blankReferer', 'true', false],
    ]);
    await settings.change(APP, { 'hotlink.key': 'off' }, 'a.example.com');
    assert.equal(await keyIn(APP, 'a.example.com'), null);
    await settings.change(APP, { 'hotlink.key': null }, 'a.example.com');
    assert.equal(await keyIn(APP, 'a.example.com'), 'ofApplication');
    await assert.rejects(settings.change(APP, { 'events.mode': 'pull' }, 'a.example.com'), {
      message: 'events.mode: not for one domain alone',
    });
    await assert.rejects(settings.change(APP, { 'hotlink.key': 'off' }, 'a.example.com:80'), /is no domain/);
  });

  test('what holds for playback is no promise while it is fresh, and a change is seen within 5 s', async () => {
    await using fixture = await openDatabase();
    const [here, there] = [open(fixture), open(fixture)];
    await there.settings.recent(APP, '');
    await here.settings.change(APP, { 'hotlink.key': 'testtest' });
    there.time.now += 4999;
    const before = there.settings.recent(APP, '');
    assert.ok(!(before instanceof Promise));
    assert.equal(before['hotlink.key'], null);
    there.time.now += 1;
    assert.equal((await there.settings.recent(APP, ''))['hotlink.key'], 'testtest');
  });

  test('playback goes on with what was known last when the database is away', async () => {
    await using fixture = await openDatabase();
    const { settings, time } = open(fixture);
    await settings.change(APP, { 'hotlink.key': 'testtest' });
    await settings.recent(APP, '');
    await fixture.database.close();
    time.now += 5000;
    assert.equal((await settings.recent(APP, ''))['hotlink.key'], 'testtest');
    await assert.rejects(async () => open(fixture).settings.recent(APP, ''));
  });

  test('all changes of a call hold, or none', async () => {
    await using fixture = await openDatabase();
    const { settings } = open(fixture);
    const changes = { 'transcode.defaults': '20', 'events.mode': 'callback' };
    await assert.rejects(settings.change(APP, changes), {
      name: 'SettingsError',
      message: 'events.mode=callback needs events.callbackUrl',
    });
    assert.ok((await settings.list(APP)).every(({ isSet }) => !isSet));
  });

  test('what another version wrote does no harm: its default holds', async () => {
    await using fixture = await openDatabase();
    const row = { app_id: APP, value: 'tomorrow', changed_at: 1 };
    await tables(fixture.database.db)
      .insertInto('settings')
      .values([
        { ...row, name: 'events.mode' },
        { ...row, name: 'of.tomorrow' },
      ])
      .execute();
    const { settings } = open(fixture, { 'events.mode': 'callback', 'events.callbackUrl': 'http://a/' });
    assert.equal((await settings.of(APP))['events.mode'], 'callback');
  });

  test('inside a transaction they are read in it', async () => {
    await using fixture = await openDatabase();
    // More at a time than there are connections: one that waited for another connection would wait for ever.
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => {
        const { settings } = open(fixture);
        return fixture.database.transaction((trx) => settings.of(APP, trx));
      }),
    );
    assert.equal(ids.length, 20);
  });
});

test('defaults that no application could work with are told by their variable', async () => {
  const { settings } = open({ database: {} } as TestDatabase, { 'transcode.defaults': '20,200' });
  await assert.rejects(
    settings.checkDefaults(),
    /^SettingsError: OPENVOD_TRANSCODE_DEFAULTS names definition 200/,
  );
});
