/**
 * The least that an answer of DescribeVodPlayUrls costs: bare node:http, the HMAC of the sorted parameters, one read of
 * the same database (and on PostgreSQL one insert, of the signature that must not come again), one JSON text. No decoding of
 * parameters, no quota, no check of anything else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

const [database = '', secretKey = ''] = process.argv.slice(2);
const COLUMNS = 'definition, name, video_bitrate, height, width';
const read = database.startsWith('postgres:') ? await onPostgres(database) : onSqlite(database);

type Reader = (
  videoId: string,
  signature: string,
) => Record<string, unknown>[] | Promise<Record<string, unknown>[]>;

function onSqlite(file: string): Reader {
  const select = new DatabaseSync(file, { readOnly: true }).prepare(
    `select ${COLUMNS} from outputs where video_id = ? order by definition`,
  );
  return (videoId) => select.all(videoId);
}

async function onPostgres(connectionString: string): Promise<Reader> {
  const pool = new pg.Pool({ connectionString, max: 10 });
  await pool.query('create table if not exists bench_signatures (signature text primary key)');
  const insert = 'insert into bench_signatures values ($1) on conflict do nothing';
  const select = `select ${COLUMNS} from outputs where video_id = $1 order by definition`;
  return async (videoId, signature) => {
    const { rowCount } = await pool.query({ name: 'insert', text: insert, values: [signature] });
    if (rowCount !== 1) return [];
    const { rows } = await pool.query({ name: 'select', text: select, values: [videoId] });
    return rows;
  };
}

const server = createServer(async (request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const pairs = query.split('&').sort();
  const field = (name: string) => pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? '';
  const signature = Buffer.from(decodeURIComponent(field('Signature=')));
  const joined = pairs.filter((pair) => !pair.startsWith('Signature=')).join('&');
  const plain = `${request.method}${request.headers.host}${path}?${joined}`;
  const expected = Buffer.from(createHmac('sha1', secretKey).update(plain).digest('base64'));
  const isRight = expected.length === signature.length && timingSafeEqual(expected, signature);
  const rows = isRight ? await read(field('fileId='), signature.toString()) : [];
  const playSet = rows.map((row) => ({
    url: `http://127.0.0.1/${row.name}`,
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
