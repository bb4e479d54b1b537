/**
 * The least that a durable, checked upload costs: bare node:http, MD5 of the part, SHA-1 of the whole, fdatasync, one
 * SQLite transaction, and an ffprobe if asked for. No signature, no session that outlives the process, no event.
 * Arguments: folder, `probe` or `no-probe`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const [folder = '', mode = ''] = process.argv.slice(2);
const ffprobe = promisify(execFile);
const database = new DatabaseSync(path.join(folder, 'reference.sqlite'));
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec('create table videos (sha1 text primary key, size integer, info text) strict');
const insert = database.prepare('insert into videos values (?, ?, ?)');
/** SHA-1 of the bytes received so far; files are one part long. */
const received = new Map<string, { sha1: string; size: number }>();

async function storePart(request: IncomingMessage, name: string, md5: string): Promise<void> {
  const body = await buffer(request);
  if (createHash('md5').update(body).digest('hex') !== md5) throw new Error('another MD5');
  await using file = await open(path.join(folder, `${name}.part`), 'w');
  await file.write(body);
  await file.datasync();
  received.set(name, { sha1: createHash('sha1').update(body).digest('hex'), size: body.length });
}

async function finish(name: string): Promise<void> {
  const file = received.get(name);
  if (file?.sha1 !== name) throw new Error('another SHA-1');
  const place = path.join(folder, `${name}.mp4`);
  await rename(path.join(folder, `${name}.part`), place);
  await using directory = await open(folder);
  await directory.sync();
  const json = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-i', place];
  const info = mode === 'probe' ? (await ffprobe('ffprobe', json)).stdout : '{}';
  database.exec('begin immediate');
  insert.run(name, file.size, info);
  database.exec('commit');
}

const server = createServer((request, response) => {
  const query = new URLSearchParams((request.url ?? '').split('?')[1]);
  const name = query.get('fileSha') ?? '';
  const work = () => {
    if (query.get('Action') === 'UploadPart') return storePart(request, name, query.get('dataMd5') ?? '');
    return query.get('Action') === 'FinishUpload' ? finish(name) : Promise.resolve();
  };
  const answer = (code: number, message: string) => {
    const text = JSON.stringify({ code, message });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  work().then(
    () => answer(0, ''),
    (error: unknown) => answer(-1, String(error)),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit());
