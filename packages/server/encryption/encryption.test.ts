/** Data keys and their master keys, on both databases: made once, opened for their application only, sealed anew, and never lost. */
import assert from 'node:assert/strict';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { silentLogger } from '../common/log.ts';
import { createTemplates } from '../templates/index.ts';
import { anyTables } from '../testing/any-tables.ts';
import { describeOnBothDatabases, type TestDatabase } from '../testing/databases.ts';
import { type Encryption, openEncryption } from './index.ts';
import { masterKeyOf, newMasterKey } from './master-key.ts';

const NOW = 1_500_000_000_000;
const owner = (flow: string) => ({ appId: '1', videoId: '7', flowId: flow });

interface Words {
  warn: string[];
  error: string[];
}

async function opened(
  { database, dataDir }: TestDatabase,
  { given, others = [] }: { given?: string; others?: string[] } = {},
) {
  const words: Words = { warn: [], error: [] };
  const tell = (to: string[]) => (about: unknown, text?: string) => {
    to.push(text ?? String(about), JSON.stringify(about));
  };
  const log = Object.assign(Object.create(silentLogger), {
    warn: tell(words.warn),
    error: tell(words.error),
  });
  const { templates } = createTemplates({ database });
  const encryption = await openEncryption({
    ...{ database, templates, clock: () => NOW, log, dataDir },
    given: given === undefined ? undefined : masterKeyOf(given)!,
    others: others.map((one) => masterKeyOf(one)!),
  });
  return { ...encryption, words };
}

const bytesOf = async (keys: Encryption['keys'], edk: string) =>
  (await keys.open('1', [edk]))[0]!.bytes.toString('hex');

describeOnBothDatabases('data keys', (open) => {
  test('a flow has one key, made when it is first asked for, also by two at once; another has another', async () => {
    await using opening = await open();
    const { keys } = await opened(opening);
    const [a, b] = await Promise.all([keys.ofFlow(owner('f1'), NOW), keys.ofFlow(owner('f1'), NOW)]);
    assert.deepEqual(a, b);
    assert.deepEqual(await keys.ofFlow(owner('f1'), NOW), a);
    assert.equal(a.bytes.length, 16);
    assert.match(a.edk, /^[A-Za-z0-9+/]{44}$/);
    const other = await keys.ofFlow(owner('f2'), NOW);
    assert.notEqual(other.edk, a.edk);
    assert.notDeepEqual(other.bytes, a.bytes);
    const both = await keys.open('1', [other.edk, a.edk, other.edk]);
    assert.deepEqual(both, [other, a, other]);
    assert.deepEqual(await keys.ownerOf(a.edk), { appId: '1', videoId: '7' });
    assert.equal(await keys.ownerOf('nobody'), null);
  });

  test('a key opens for its own application only, and one that is unknown fails all', async () => {
    await using opening = await open();
    const { keys } = await opened(opening);
    const { edk } = await keys.ofFlow(owner('f1'), NOW);
    await assert.rejects(keys.open('2', [edk]), { kind: 'dataKey.notFound' });
    await assert.rejects(keys.open('1', [edk, 'AAAA']), { kind: 'dataKey.notFound' });
  });

  test('the database has neither the master key nor a data key; a row that is moved elsewhere does not open', async () => {
    await using opening = await open();
    const { keys } = await opened(opening);
    const { edk, bytes } = await keys.ofFlow(owner('f1'), NOW);
    const master = (await readFile(path.join(opening.dataDir, 'master.key'), 'utf8')).trim();
    const db = anyTables(opening.database.db);
    const rows = JSON.stringify([
      await db.selectFrom('data_keys').selectAll().execute(),
      await db.selectFrom('master_keys').selectAll().execute(),
    ]);
    for (const form of ['hex', 'base64', 'latin1'] as const) {
      assert.ok(!rows.includes(bytes.toString(form)));
      assert.ok(!rows.includes(Buffer.from(master, 'hex').toString(form)));
    }
    await db.updateTable('data_keys').set({ app_id: '2' }).execute();
    await assert.rejects(keys.open('2', [edk]), /unable to authenticate/i);
  });

  test('the first start makes a file that only its owner may read; the next one uses it', async () => {
    await using opening = await open();
    const file = path.join(opening.dataDir, 'master.key');
    const first = await opened(opening);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const { edk, bytes } = await first.keys.ofFlow(owner('f1'), NOW);
    const text = await readFile(file, 'utf8');
    const again = await opened(opening);
    assert.equal(await readFile(file, 'utf8'), text);
    assert.equal(await bytesOf(again.keys, edk), bytes.toString('hex'));
    assert.deepEqual(again.words, { warn: [], error: [] });
    await chmod(file, 0o644);
    assert.match((await opened(opening)).words.warn.join(), /chmod 600/);
  });

  test('without its file nothing is encrypted and no other key made, which is said; put back, all is as it was', async () => {
    await using opening = await open();
    const file = path.join(opening.dataDir, 'master.key');
    const { keys } = await opened(opening);
    const { edk, bytes } = await keys.ofFlow(owner('f1'), NOW);
    const text = await readFile(file, 'utf8');
    for (const [spoil, why] of [
      [() => rm(file), /no file/],
      [() => writeFile(file, newMasterKey().text), /none of them/],
      [() => writeFile(file, 'nonsense'), /holds no master key/],
    ] as const) {
      await spoil();
      const without = await opened(opening);
      assert.match(without.words.error.join(), why);
      await assert.rejects(without.requireAble(), { kind: 'encryption.away' });
      await assert.rejects(without.keys.ofFlow(owner('f2'), NOW), { outage: 'masterKey' });
      await assert.rejects(without.keys.open('1', [edk]), { outage: 'masterKey' });
      if (/nonsense/.test(await readFile(file, 'utf8').catch(() => ''))) await writeFile(file, text);
    }
    assert.equal(await bytesOf((await opened(opening)).keys, edk), bytes.toString('hex'));
  });

  test('a wrong key of the environment opens nothing of before, which is said at the start; the right one does', async () => {
    await using opening = await open();
    const [right, wrong] = [newMasterKey().text, Buffer.alloc(32, 7).toString('base64')];
    const { edk, bytes } = await (await opened(opening, { given: right })).keys.ofFlow(owner('f1'), NOW);
    const mistaken = await opened(opening, { given: wrong });
    mistaken.start();
    await mistaken.stop();
    assert.match(mistaken.words.error.join(), /a master key is missing/);
    await assert.rejects(mistaken.keys.open('1', [edk]), new RegExp(masterKeyOf(right)!.id));
    assert.ok(!JSON.stringify(mistaken.words).includes(wrong));
    const { keys } = await opened(opening, { given: right });
    assert.equal(await bytesOf(keys, edk), bytes.toString('hex'));
  });

  test('a master key is changed: what it sealed is sealed anew, and the old one is of no use any more', async () => {
    await using opening = await open();
    const before = await opened(opening);
    const made = await Promise.all(
      Array.from({ length: 230 }, (_, i) => before.keys.ofFlow(owner(`f${i}`), NOW)),
    );
    const [second, third] = [newMasterKey().text, newMasterKey().text];
    // That of the file still opens, so nothing else has to be given.
    const rotated = await opened(opening, { given: second });
    rotated.start();
    await rotated.stop();
    assert.deepEqual(rotated.words.error, []);
    await rm(path.join(opening.dataDir, 'master.key'));
    const last = await opened(opening, { given: third, others: [second] });
    last.start();
    await last.stop();
    const { keys } = await opened(opening, { given: third });
    for (const { edk, bytes } of made) assert.equal(await bytesOf(keys, edk), bytes.toString('hex'));
    const known = await anyTables(opening.database.db).selectFrom('master_keys').select('id').execute();
    assert.deepEqual(
      known.map(({ id }) => id),
      [masterKeyOf(third)!.id],
    );
  });

  test('a token admits to its own video until its end, whichever master key signed it', async () => {
    await using opening = await open();
    const [old, next] = [newMasterKey().text, newMasterKey().text];
    const { tokens } = await opened(opening, { given: old });
    const terms = { appId: '1', videoId: '7', endsAt: NOW + 60_000 };
    const token = tokens.issue(terms, NOW);
    assert.match(token, /^[\w~-]+$/);
    const asked = { appId: '1', videoId: '7', now: NOW };
    const nextTokens = (await opened(opening, { given: next, others: [old] })).tokens;
    for (const reader of [tokens, nextTokens]) {
      assert.ok(reader.admits(token, asked));
      assert.ok(!reader.admits(token, { ...asked, videoId: '8' }));
      assert.ok(!reader.admits(token, { ...asked, appId: '2' }));
      assert.ok(!reader.admits(token, { ...asked, now: NOW + 60_001 }));
      assert.ok(!reader.admits(`${token.slice(0, -2)}AA`, asked));
      assert.ok(!reader.admits('', asked));
    }
    assert.ok(!(await opened(opening, { given: next })).tokens.admits(token, asked));
  });
});

test('a master key is 32 bytes in hexadecimal or Base64, and nothing else', () => {
  const bytes = Buffer.alloc(32, 0xa7);
  for (const text of [bytes.toString('hex'), bytes.toString('base64'), ` ${bytes.toString('hex')}\n`])
    assert.deepEqual(masterKeyOf(text)?.bytes, bytes);
  for (const text of ['', 'secret', bytes.toString('hex').slice(2), `${bytes.toString('base64')}A`])
    assert.equal(masterKeyOf(text), null);
});
