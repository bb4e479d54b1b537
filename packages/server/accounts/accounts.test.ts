import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { silentLogger } from '../common/log.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { createAccounts } from './index.ts';
import { updateKeyUsed } from './keys.ts';

function accountsOf({ database }: Pick<TestDatabase, 'database'>, clock = () => 1_700_000_000_000) {
  return createAccounts({ database, clock, log: silentLogger });
}

describeOnBothDatabases('accounts', (open) => {
  test('an empty database gets an account whose key is made up once', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const first = await accounts.ensureFirstAccount({});
    assert.equal(first.madeUp, true);
    assert.equal(first.appId, '1250000001');
    assert.match(first.key!.secretId, /^AKID[A-Za-z0-9]{32}$/);
    assert.match(first.key!.secretKey, /^[A-Za-z0-9]{40}$/);
    const again = await accountsOf(opened).ensureFirstAccount({});
    assert.equal(again.madeUp, false);
    assert.equal(again.key!.secretKey, first.key!.secretKey);
  });

  test('several that start at once agree on one account and one key', async () => {
    await using opened = await open();
    // Several nodes need PostgreSQL; on SQLite they share the one handle there is.
    const others = opened.url
      ? await Promise.all([1, 2, 3].map(() => openDatabase(opened.url, opened.dataDir)))
      : [];
    const databases = opened.url ? others : Array<Database>(3).fill(opened.database);
    const firsts = await Promise.all(
      databases.map((database) => accountsOf({ database }).ensureFirstAccount({})),
    );
    assert.equal(firsts.filter((first) => first.madeUp).length, 1);
    assert.equal(new Set(firsts.map((first) => first.key!.secretId)).size, 1);
    await Promise.all(others.map((other) => other.close()));
  });

  test('the key of the settings is taken, changed and enabled again as the settings say', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const given = { appId: '1251132154', secretId: 'AKIDtest0001', secretKey: 'sk_test_0123456789' };
    const first = await accounts.ensureFirstAccount(given);
    assert.deepEqual(first, {
      appId: '1251132154',
      key: { secretId: given.secretId, secretKey: given.secretKey },
      madeUp: false,
    });
    await accounts.setKeyDisabled(given.secretId, true);
    await accounts.ensureFirstAccount({ ...given, secretKey: 'another' });
    const key = await accounts.findKey(given.secretId);
    assert.equal(key?.secretKey, 'another');
    assert.equal(key?.disabled, false);
    assert.equal((await accounts.listKeys()).length, 1);
  });

  test('settings that contradict themselves or the database are refused by name', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    await assert.rejects(accounts.ensureFirstAccount({ secretId: 'a' }), /OPENVOD_SECRET_KEY/);
    await assert.rejects(accounts.ensureFirstAccount({ appId: 'x1' }), /OPENVOD_APP_ID/);
    await accounts.ensureFirstAccount({ appId: '1', secretId: 'a', secretKey: 'b' });
    await assert.rejects(
      accounts.ensureFirstAccount({ appId: '2', secretId: 'a', secretKey: 'b' }),
      /OPENVOD_SECRET_ID/,
    );
    const sub = await accounts.createSubApplication('1', 'trailers');
    await assert.rejects(accounts.ensureFirstAccount({ appId: sub.appId }), /sub-application/);
  });

  test('a key is found, seen as disabled at once, and unknown ids are null', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId, key } = await accounts.ensureFirstAccount({});
    assert.equal((await accounts.findKey(key!.secretId))?.accountId, appId);
    await accounts.setKeyDisabled(key!.secretId, true);
    assert.equal((await accounts.findKey(key!.secretId))?.disabled, true);
    assert.equal((await accounts.ensureFirstAccount({})).key, null);
    assert.equal(await accounts.findKey('AKIDnobody'), null);
    await assert.rejects(accounts.setKeyDisabled('AKIDnobody', true), /no key/);
  });

  test("another process's change is seen when the memory is 5 s old, not before", async () => {
    await using opened = await open();
    let now = 1_700_000_000_000;
    const accounts = accountsOf(opened, () => now);
    const { key } = await accounts.ensureFirstAccount({});
    assert.equal((await accounts.findKey(key!.secretId))?.disabled, false);
    await accountsOf(opened).setKeyDisabled(key!.secretId, true);
    now += 4999;
    assert.equal((await accounts.findKey(key!.secretId))?.disabled, false);
    now += 1;
    assert.equal((await accounts.findKey(key!.secretId))?.disabled, true);
  });

  test('an account holds two keys, and only a disabled one can be deleted to make room', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId, key } = await accounts.ensureFirstAccount({});
    const second = await accounts.createKey(appId);
    assert.notEqual(second.secretId, key!.secretId);
    await assert.rejects(accounts.createKey(appId), /2 of 2 keys already/);
    assert.deepEqual([second.count, second.limit], [2, 2]);
    await assert.rejects(accounts.deleteKey(key!.secretId), /is enabled: disable it first/);
    await accounts.setKeyDisabled(key!.secretId, true);
    await accounts.deleteKey(key!.secretId);
    const third = await accounts.createKey(appId);
    const ids = (await accounts.listKeys(appId)).map((one) => one.secretId);
    assert.deepEqual(ids.sort(), [second.secretId, third.secretId].sort());
    await assert.rejects(accounts.deleteKey(key!.secretId), /no key/);
    await assert.rejects(accounts.createKey('42'), /no application 42/);
  });

  test('SubAppId: absent, empty, 0 and the own id mean the main application; others must belong to it', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId } = await accounts.ensureFirstAccount({});
    await accounts.ensureFirstAccount({ appId: '77' });
    const sub = await accounts.createSubApplication(appId, 'trailers');
    for (const own of [undefined, '', '0', appId]) {
      assert.equal(await accounts.findApplication(appId, own), appId);
    }
    assert.equal(await accounts.findApplication(appId, sub.appId), sub.appId);
    assert.equal(await accounts.findApplication('77', sub.appId), null);
    assert.equal(await accounts.findApplication(appId, '77'), null);
    assert.deepEqual((await accounts.listApplications(appId)).map((one) => one.name).sort(), [
      'main',
      'trailers',
    ]);
    await assert.rejects(accounts.createSubApplication('42', 'x'), /no account 42/);
  });

  test('a key of a sub-application acts in it, named or not, and finds no other', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId } = await accounts.ensureFirstAccount({});
    const [sub, sister] = [
      await accounts.createSubApplication(appId, 'trailers'),
      await accounts.createSubApplication(appId, 'series'),
    ];
    const { secretId } = await accounts.createKey(sub.appId);
    const key = await accounts.findKey(secretId);
    assert.deepEqual([key?.appId, key?.accountId], [sub.appId, appId]);
    for (const own of [undefined, '', '0', sub.appId]) {
      assert.equal(await accounts.findApplication(sub.appId, own), sub.appId);
    }
    for (const other of [appId, sister.appId, '42']) {
      assert.equal(await accounts.findApplication(sub.appId, other), null);
    }
    // Two for each application: the main one still has room.
    await accounts.createKey(appId);
    await accounts.createKey(sub.appId);
    await assert.rejects(accounts.createKey(sub.appId), /2 of 2 keys already/);
    assert.equal((await accounts.listKeys(sub.appId)).length, 2);
    assert.equal((await accounts.listKeys()).length, 4);
  });

  test('switched off, a sub-application is refused until it is switched on; its sisters are not', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId } = await accounts.ensureFirstAccount({});
    const sub = await accounts.createSubApplication(appId, 'trailers');
    const sister = await accounts.createSubApplication(appId, 'series');
    await accounts.setSwitchedOff(sub.appId, true);
    for (const key of [appId, sub.appId]) {
      await assert.rejects(accounts.findApplication(key, sub.appId), { kind: 'application.off' });
    }
    assert.equal(await accounts.isSwitchedOff(sub.appId), true);
    for (const open of [appId, sister.appId, '42', '']) {
      assert.equal(await accounts.isSwitchedOff(open), false);
    }
    assert.equal(await accounts.findApplication(appId, sister.appId), sister.appId);
    await accounts.setSwitchedOff(sub.appId, false);
    assert.equal(await accounts.findApplication(appId, sub.appId), sub.appId);
    assert.equal(await accounts.isSwitchedOff(sub.appId), false);
    await assert.rejects(accounts.setSwitchedOff(appId, true), /no sub-application/);
  });

  test('sub-applications are renamed; a name is one line of 1 to 40 characters', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId } = await accounts.ensureFirstAccount({});
    const sub = await accounts.createSubApplication(appId, '  trailers ');
    assert.equal(sub.name, 'trailers');
    const longest = '\u{1F3AC}'.repeat(40);
    await accounts.renameSubApplication(sub.appId, longest);
    assert.equal((await accounts.listApplications(appId)).at(-1)?.name, longest);
    for (const name of ['', ' ', `${longest}x`, 'two\nlines']) {
      await assert.rejects(accounts.renameSubApplication(sub.appId, name), /1 to 40 characters/);
      await assert.rejects(accounts.createSubApplication(appId, name), /1 to 40 characters/);
    }
    await assert.rejects(accounts.renameSubApplication(appId, 'x'), /no sub-application/);
  });

  test('when a key was used last is known to the hour, and written once an hour', async () => {
    await using opened = await open();
    const accounts = accountsOf(opened);
    const { appId, key } = await accounts.ensureFirstAccount({});
    const { secretId } = key!;
    const hour = 1_700_000_000_000 - (1_700_000_000_000 % 3600_000);
    const lastUsed = async () => {
      await accounts.stop();
      return (await accounts.listKeys(appId))[0]!.lastUsedAt;
    };
    assert.equal(await lastUsed(), null);
    accounts.noteUse(secretId, hour + 1000);
    assert.equal(await lastUsed(), hour);
    // Nothing more is written within the hour: what somebody else writes stays.
    await updateKeyUsed(opened.database.db, secretId, 5);
    accounts.noteUse(secretId, hour + 3_599_999);
    assert.equal(await lastUsed(), 5);
    accounts.noteUse(secretId, hour + 3_600_000);
    assert.equal(await lastUsed(), hour + 3600_000);
  });

  test('no secret is ever logged', async () => {
    await using opened = await open();
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const accounts = createAccounts({ database: opened.database, clock: () => 1_700_000_000_000, log });
    const { appId, key } = await accounts.ensureFirstAccount({});
    const made = await accounts.createKey(appId);
    await assert.rejects(accounts.createKey(appId));
    await accounts.setKeyDisabled(made.secretId, true);
    await accounts.deleteKey(made.secretId);
    const logged = lines.join('');
    assert.match(logged, new RegExp(made.secretId));
    for (const { secretKey } of [key!, made]) assert.ok(!logged.includes(secretKey));
  });
});
