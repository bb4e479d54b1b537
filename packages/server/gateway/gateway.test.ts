import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { ModifyVodInfo } from '@openvod/contract/v2';
import { silentLogger } from '../common/log.ts';
import { handler } from '../common/v2/handler.ts';
import { DatabaseUnavailable } from '../database/index.ts';
import { KEY, openGateway } from './testing/open-gateway.ts';
import { callOf, send } from './testing/signed-calls.ts';

test('a signed call reaches its action by GET and by POST, on every path', async () => {
  await using gateway = await openGateway();
  for (const method of ['GET', 'POST']) {
    for (const path of ['/v2/index.php', '/v2/interface.php', '/v3/index.php']) {
      const sending = { port: gateway.port, method, path };
      const answer = await send(sending, callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' }));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
      assert.deepEqual(answer.json, {
        code: 0,
        message: '',
        codeDesc: 'Success',
        playSet: [],
        params: { fileId: '1' },
        appId: KEY.appId,
      });
    }
  }
});

test('a clock that is wrong by hours refuses calls for as long as it is wrong, and lets none in twice when it is right again', async () => {
  let ahead = 0;
  await using gateway = await openGateway({ clock: () => Date.now() + ahead });
  const call = () => callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' });
  const codeOf = async (parameters: Record<string, string>) =>
    (await send({ port: gateway.port }, parameters)).json.code;
  const first = call();
  assert.equal(await codeOf(first), 0);
  for (const wrong of [5, -5]) {
    ahead = wrong * 3600_000;
    assert.equal(await codeOf(call()), 4500);
    ahead = 0;
    assert.equal(await codeOf(call()), 0);
    assert.equal(await codeOf(first), 4500);
  }
});

test('a gateway whose database fails says that it is out of service; the reason is for the log', async () => {
  const said: Record<string, unknown>[] = [];
  const note = (about: Record<string, unknown>) => said.push(about);
  const log = { ...silentLogger, debug: note, error: note } as never;
  const fault = new DatabaseUnavailable('away', new Error('connect ECONNREFUSED 10.0.0.7:5432'), false);
  const broken = handler(ModifyVodInfo, () => Promise.reject(fault));
  await using gateway = await openGateway({ log, actions: [broken] as never });
  const { json } = await send({ port: gateway.port }, callOf({ Action: 'ModifyVodInfo', fileId: '1' }));
  assert.deepEqual([json.code, json.codeDesc], [6200, 'InterfaceUnavailable']);
  assert.doesNotMatch(json.message, /10\.0/);
  assert.equal(said.length, 1);
  assert.equal(said[0]!.kind, 'service.away');
  assert.match(String(said[0]!.cause), /10\.0\.0\.7/);
});

test('who wants the connection closed gets the whole answer, however little of a large body was read for it', async () => {
  await using gateway = await openGateway();
  for (const method of ['POST', 'GET']) {
    const body = Buffer.alloc(8 * 1024 * 1024);
    const head = `${method} /v2/index.php?Action=UploadPart HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
    const socket = connect(gateway.port, '127.0.0.1');
    socket.end(Buffer.concat([Buffer.from(head), body]));
    const answer = await text(socket);
    assert.match(answer, /^HTTP\/1.1 200 /);
    assert.match(answer, /"code":-?[1-9]\d*,.*\}$/);
  }
});
