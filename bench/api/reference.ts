/**
 * The least that an answer of DescribeVodPlayUrls costs: bare node:http, the HMAC of the sorted parameters, one read of
 * the same database, one JSON text. No decoding of parameters, no replay check, no quota, no check of anything else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';

const [file = '', secretKey = ''] = process.argv.slice(2);
const database = new DatabaseSync(file, { readOnly: true });
const select = database.prepare(
  'select object_key, definition, video_bitrate, height, width from renditions where video_id = ? order by definition',
);

const server = createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const pairs = query.split('&').sort();
  const field = (name: string) => pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? '';
  const signature = Buffer.from(decodeURIComponent(field('Signature=')));
  const joined = pairs.filter((pair) => !pair.startsWith('Signature=')).join('&');
  const plain = `${request.method}${request.headers.host}${path}?${joined}`;
  const expected = Buffer.from(createHmac('sha1', secretKey).update(plain).digest('base64'));
  const isRight = expected.length === signature.length && timingSafeEqual(expected, signature);
  const rows = isRight ? select.all(field('fileId=')) : [];
  const playSet = rows.map((row) => ({
    url: `http://127.0.0.1/${row.object_key}`,
    definition: row.definition,
    vbitrate: row.video_bitrate,
    vheight: row.height,
    vwidth: row.width,
  }));
  const text = JSON.stringify({ code: isRight ? 0 : 4100, message: '', codeDesc: '', playSet });
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit());
