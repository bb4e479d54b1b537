import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { UploadPart } from '@openvod/contract/v2';
import { TurnBudget } from '../common/bounds/turn-budget.ts';
import { type ActionHandler, handler } from '../common/v2/handler.ts';
import { openGateway } from './testing/open-gateway.ts';
import { callOf, encode, sign } from './testing/signed-calls.ts';

const CLIENTS = 12;
const BODY = 5 * 1024 * 1024;
const TURN = 256 * 1024;
/** What a connection may still hand over after it was told to stop: a chunk, and the one that was on its way. */
const CALL = 64 * 1024;
const REST = 2 * 64 * 1024;

/** Sends all bodies at once, from a thread of its own, and tells how many were answered. */
const SENDER = `
  const { parentPort, workerData: { port, paths, size } } = require('node:worker_threads');
  const { request } = require('node:http');
  let answered = 0;
  for (const path of paths)
    request({ host: '127.0.0.1', port, path, method: 'POST', headers: { 'content-length': size } }, (response) => {
      response.resume().on('end', () => { if (++answered === paths.length) parentPort.postMessage(answered); });
    }).end(Buffer.alloc(size));
`;

test('of many uploads that come at once a few begin in a turn, in their order', async () => {
  const turn = new TurnBudget(TURN);
  let begunInTurn = 0;
  let most = 0;
  const order: number[] = [];
  const begin = async (index: number) => {
    await turn.ask(CALL);
    order.push(index);
    if (begunInTurn++ === 0) setImmediate(() => (begunInTurn = 0));
    most = Math.max(most, begunInTurn);
  };
  const crowd = Array.from({ length: 50 }, (_, index) => index);
  await Promise.all(crowd.map(begin));
  assert.deepEqual(order, crowd);
  // Those of two turns may meet before the count begins anew.
  assert.ok(most <= (2 * TURN) / CALL, `${most} in one turn`);
  assert.equal(turn.ask(CALL), null, 'alone, nobody waits');
});

test('however many bodies come at once, others get their turn after a bounded number of bytes', async () => {
  let inTurn = 0;
  let most = 0;
  let received = 0;
  const counting = handler(UploadPart, async (_params, call) => {
    call.body!.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (inTurn === 0) setImmediate(() => (inTurn = 0));
      inTurn += chunk.length;
      most = Math.max(most, inTurn);
    });
    await new Promise((resolve) => call.body!.on('end', resolve));
    return {};
  }) as unknown as ActionHandler;
  await using gateway = await openGateway({ actions: [counting], config: { limits: { turnBytes: TURN } } });
  const { port } = gateway;
  const paths = Array.from({ length: CLIENTS }, () => {
    const dataMd5 = createHash('md5').update('').digest('hex');
    const part = {
      Action: 'UploadPart',
      fileSha: 'a'.repeat(40),
      offset: '0',
      dataSize: String(BODY),
      dataMd5,
    };
    const parameters = callOf(part);
    const Signature = sign(parameters, { port, method: 'POST' });
    return `/v2/index.php?${encode({ ...parameters, Signature })}`;
  });
  const sender = new Worker(SENDER, { eval: true, workerData: { port, paths, size: BODY } });
  await new Promise((resolve) => sender.once('message', resolve));
  await sender.terminate();
  assert.equal(received, CLIENTS * BODY);
  assert.ok(most <= TURN + CLIENTS * REST, `${most} bytes in one turn`);
});
