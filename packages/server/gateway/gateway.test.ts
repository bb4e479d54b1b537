import assert from 'node:assert/strict';
import { test } from 'node:test';
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
