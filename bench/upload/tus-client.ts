/**
 * Uploads one file to a tus server in one PATCH, as tus clients do by default and as is fastest, and prints the
 * seconds it took. Begins when it is told to. Arguments: film, port, MiB.
 */
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { waitForStart } from './service.ts';
import { longFilm, MIB } from './source.ts';

const [film = '', ...numbers] = process.argv.slice(2);
const [port = 0, blocks = 0] = numbers.map(Number);
const bytesAt = longFilm(film, blocks * MIB);

async function call(
  method: string,
  path: string,
  headers: Record<string, string>,
  send: (request: ClientRequest) => Promise<void> | void = () => {},
): Promise<IncomingMessage> {
  const call = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { 'Tus-Resumable': '1.0.0', ...headers },
  });
  const answered = once(call, 'response');
  await send(call);
  call.end();
  const [response] = (await answered) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  if ((response.statusCode ?? 500) >= 300) throw new Error(`${method}: ${response.statusCode}`);
  return response;
}

await waitForStart();
const startedAt = performance.now();
const created = await call('POST', '/files', { 'Upload-Length': String(blocks * MIB) });
const { pathname } = new URL(created.headers.location!, 'http://127.0.0.1');
const headers = {
  'Upload-Offset': '0',
  'Content-Type': 'application/offset+octet-stream',
  'Content-Length': String(blocks * MIB),
};
await call('PATCH', pathname, headers, async (patch) => {
  for (let i = 0; i < blocks; i++) if (!patch.write(bytesAt(i * MIB, MIB))) await once(patch, 'drain');
});
console.log(`seconds ${(performance.now() - startedAt) / 1000}`);
process.exit();
