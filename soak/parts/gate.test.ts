import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { type Gate, openGate } from './gate.ts';

const LONG = 'x'.repeat(3_000_000);

async function answering(words: string): Promise<{ server: Server; origin: string }> {
  const server = createServer((_request, response) => response.setHeader('connection', 'close').end(words));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
}

async function ask({ port }: Gate): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}

test('a gate hands connections to its targets in turn, whole, and refuses them when it is shut', async (t) => {
  const [one, two] = [await answering(LONG), await answering('two')];
  t.after(() => [one, two].map(({ server }) => server.close()));
  await using gate = await openGate(() => [one.origin, two.origin]);
  assert.deepEqual([await ask(gate), await ask(gate), await ask(gate)], [LONG, 'two', LONG]);
  gate.state = 'shut';
  await assert.rejects(ask(gate), TypeError);
  gate.state = 'open';
  gate.targets = () => [];
  await assert.rejects(ask(gate), TypeError);
  gate.targets = () => [two.origin];
  assert.equal(await ask(gate), 'two');
});

test('a silent gate takes a connection and says nothing until it is cut', async () => {
  await using gate = await openGate(() => []);
  gate.state = 'silent';
  const socket = connect(gate.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  const broken = new Promise((resolve) => socket.on('close', resolve));
  socket.write('GET / HTTP/1.1\r\n\r\n');
  // The gate has the connection once it has answered another one by breaking it.
  gate.state = 'shut';
  await assert.rejects(ask(gate), TypeError);
  gate.cut();
  await broken;
  assert.equal(socket.bytesRead, 0);
});
