import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { type OpenGateway, openGateway } from './testing/open-gateway.ts';
import { callOf, encode, send, sign } from './testing/signed-calls.ts';

const BODY = 100_000;
let gateway: OpenGateway;
before(async () => {
  gateway = await openGateway({ config: { limits: { formMemoryBytes: 2 * BODY, formTimeoutMs: 2000 } } });
});
after(() => gateway[Symbol.asyncDispose]());

/** A client that announces a body and sends half of it; `rest` sends the other. Resolves with the answer's body. */
function halfABody() {
  const parameters = callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' });
  const sending = { port: gateway.port, method: 'POST' };
  const form = encode({ ...parameters, Signature: sign(parameters, sending) });
  const body = `${form}${'&'.repeat(BODY - form.length)}`;
  const socket: Socket = connect(gateway.port, '127.0.0.1');
  socket.write(
    `POST /v2/index.php HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nContent-Length: ${BODY}\r\n\r\n`,
  );
  socket.write(body.slice(0, BODY / 2));
  const { promise: answer, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  socket
    .on('error', reject)
    .on('close', () => reject(new Error('no answer')))
    .on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('}')) return;
      resolve(text.slice(text.indexOf('\r\n\r\n') + 4));
      socket.destroy();
    });
  return { answer, rest: () => socket.write(body.slice(BODY / 2)) };
}

test('large forms beyond the memory for them wait, and small ones are answered meanwhile', async () => {
  const clients = Array.from({ length: 5 }, halfABody);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const small = await send(
    { port: gateway.port, method: 'POST' },
    callOf({ Action: 'DescribeVodPlayUrls', fileId: '1' }),
  );
  assert.equal(small.json.code, 0);
  // The first two have the memory; the others come in when these are done.
  for (const { rest } of clients) rest();
  for (const { answer } of clients) assert.equal(JSON.parse(await answer).code, small.json.code);
});

test('who holds that memory and sends nothing gives it up', async () => {
  const holders = [halfABody(), halfABody()];
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waiting = halfABody();
  waiting.rest();
  for (const { answer } of holders) assert.match(await answer, /the body must arrive within 2 seconds/);
  // It came in the same moment: its time is up, or it is its turn.
  assert.match(await waiting.answer, /"code":(0|6200),/);
  const next = halfABody();
  next.rest();
  assert.doesNotMatch(await next.answer, /must arrive/);
});
