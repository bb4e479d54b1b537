/** The actions of encryption: templates of key servers, and keys by their public names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, actionByName, type ParamsOf, parseParams, splitCommon } from '@openvod/contract/v2';
import { silentLogger } from '../../common/log.ts';
import { createTemplates } from '../../templates/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../../testing/databases.ts';
import { asOnTheWire } from '../../testing/wire-error.ts';
import { openEncryption } from '../index.ts';
import { masterKeyOf } from '../master-key.ts';

const APP = '1250000001';
const OTHER = '1250000002';
const URL_A = 'https://keys.example.com/getkey';

async function roomOn({ database, dataDir }: TestDatabase) {
  const room = await openEncryption({
    ...{ database, templates: createTemplates({ database }).templates, clock: Date.now, log: silentLogger },
    ...{ dataDir, given: masterKeyOf('5a'.repeat(32))!, others: [] },
  });
  /** As it travels: `name=value` pairs, before they are read. */
  const call = async (name: string, query: Record<string, string> = {}, appId = APP) => {
    const { action, run } = room.v2.find((one) => one.action === actionByName(name))!;
    const split = splitCommon(Object.entries(query));
    assert.ok(split.ok);
    const parsed = parseParams(action, split.tree);
    if (!parsed.ok) throw Object.assign(new Error(parsed.message), { code: 'parse' });
    return asOnTheWire(action, () =>
      run(parsed.value as ParamsOf<Action>, {
        ...{ appId, now: 1000, signal: new AbortController().signal, log: silentLogger },
      }),
    );
  };
  return { ...room, call };
}

describeOnBothDatabases('the actions of encryption', (open) => {
  test('CreateSimpleAesTemplate, QuerySimpleAesTemplate and ModifySimpleAesTemplate: numbered from 10, per application', async () => {
    await using opened = await open();
    const { call } = await roomOn(opened);
    assert.deepEqual(await call('QuerySimpleAesTemplate'), { data: [] });
    assert.deepEqual(await call('CreateSimpleAesTemplate', { get_key_url: URL_A }), {
      data: { definition: 10 },
    });
    const http = 'http://[::1]:8620/a?x=1&y=%22';
    assert.deepEqual(await call('CreateSimpleAesTemplate', { 'get.key.url': http }), {
      data: { definition: 11 },
    });
    assert.deepEqual(await call('CreateSimpleAesTemplate', { get_key_url: URL_A }, OTHER), {
      data: { definition: 10 },
    });
    const changed = { definition: '10', get_key_url: `${URL_A}2` };
    assert.deepEqual(await call('ModifySimpleAesTemplate', changed), { data: { definition: 10 } });
    assert.deepEqual(await call('QuerySimpleAesTemplate'), {
      data: [
        { definition: 10, get_key_url: `${URL_A}2` },
        { definition: 11, get_key_url: http },
      ],
    });
    assert.deepEqual(await call('QuerySimpleAesTemplate', {}, OTHER), {
      data: [{ definition: 10, get_key_url: URL_A }],
    });
  });

  test('an eleventh template is refused, and one that is not there', async () => {
    await using opened = await open();
    const { call } = await roomOn(opened);
    for (let i = 0; i < 10; i++) await call('CreateSimpleAesTemplate', { get_key_url: URL_A });
    await assert.rejects(call('CreateSimpleAesTemplate', { get_key_url: URL_A }), { code: 1000 });
    await assert.rejects(call('ModifySimpleAesTemplate', { definition: '20', get_key_url: URL_A }), {
      code: 1000,
    });
    await assert.rejects(call('ModifySimpleAesTemplate', { definition: '10', get_key_url: URL_A }, OTHER), {
      code: 1000,
    });
  });

  test('an address that is no key server, or would end the line of a playlist, is refused by the name of the parameter', async () => {
    await using opened = await open();
    const { call } = await roomOn(opened);
    await call('CreateSimpleAesTemplate', { get_key_url: URL_A });
    const wrong = [
      ...['keys.example.com', 'ftp://keys.example.com/', 'javascript:alert(1)', 'http://', '/getkey'],
      ...['https://a.example/"x', 'https://a.example/\n#EXT', 'https://a.example/ b', 'https://a.example/#b'],
      ...['https://a.example/\u{e9}', `https://a.example/${'a'.repeat(1007)}`],
    ];
    for (const get_key_url of wrong) {
      for (const [name, more] of [
        ['CreateSimpleAesTemplate', {}],
        ['ModifySimpleAesTemplate', { definition: '10' }],
      ] as const) {
        const refused = call(name, { ...more, get_key_url });
        await assert.rejects(refused, { message: /get_key_url/ }, `${name} ${get_key_url}`);
      }
    }
    for (const name of ['CreateSimpleAesTemplate', 'ModifySimpleAesTemplate'])
      await assert.rejects(call(name, { definition: '10' }), { message: /get_key_url is required/ });
  });

  test('DescribeDrmDataKey gives up to ten keys in the order asked, all or none', async () => {
    await using opened = await open();
    const { call, keys } = await roomOn(opened);
    const made = await Promise.all(
      ['f1', 'f2'].map((flowId) => keys.ofFlow({ appId: APP, videoId: '7', flowId }, 1000)),
    );
    const list = made.map(({ edk, bytes }) => ({ edk, dk: bytes.toString('base64') }));
    const [a, b] = list.map(({ edk }) => edk) as [string, string];
    assert.equal(list[0]!.dk.length, 24);
    assert.deepEqual(await call('DescribeDrmDataKey', { 'edkList.0': a, 'edkList.1': b }), {
      data: { keyList: list },
      edkList: list,
    });
    await assert.rejects(call('DescribeDrmDataKey', { 'edkList.0': a, 'edkList.1': 'AAAA' }), {
      ...{ code: 1000, message: /edkList/ },
    });
    await assert.rejects(call('DescribeDrmDataKey', { 'edkList.0': a }, OTHER), { code: 1000 });
    await assert.rejects(call('DescribeDrmDataKey'), { message: /edkList/ });
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`edkList.${i}`, a]));
    await assert.rejects(call('DescribeDrmDataKey', many), { message: /at most 10/ });
  });
});
