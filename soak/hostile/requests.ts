/** Requests that are wrong in ways a generator of calls does not come upon: framing, size and pace. Bytes on the wire. */

/** No answer to these may be a fault of the service; most are refused by the HTTP parser. */
export const OVERSIZED: [what: string, bytes: () => Buffer][] = [
  ['a head that does not end', () => text(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(200_000)}`)],
  ['ten thousand headers', () => text(`GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(10_000)}\r\n`)],
  ['a request line of a megabyte', () => text(`GET /${'a'.repeat(1024 ** 2)} HTTP/1.1\r\nHost: a\r\n\r\n`)],
  ['a query of a hundred thousand names', () => get(`/v2/index.php?${'a=&'.repeat(20_000)}`)],
  ['a form of 4 MiB', () => post(Buffer.alloc(4 * 1024 ** 2, 'a'))],
  ['a form that claims a terabyte', () => text(`${FORM}Content-Length: 1099511627776\r\n\r\nAction=X`)],
  ['a length that is no number', () => text(`${FORM}Content-Length: ten\r\n\r\nAction=X`)],
  ['a negative length', () => text(`${FORM}Content-Length: -1\r\n\r\nAction=X`)],
  ['two lengths', () => text(`${FORM}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`)],
  [
    'length and chunks',
    () => text(`${FORM}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  ],
  ['a chunk of all there is', () => text(`${CHUNKED}ffffffffffffffff\r\nabc`)],
  ['a chunk whose size is no number', () => text(`${CHUNKED}zz\r\nabc\r\n0\r\n\r\n`)],
  ['a chunk extension of a megabyte', () => text(`${CHUNKED}1;${'x'.repeat(1024 ** 2)}\r\na\r\n0\r\n\r\n`)],
  ['a thousand chunks of one byte', () => text(`${CHUNKED}${'1\r\na\r\n'.repeat(1000)}0\r\n\r\n`)],
  ['trailers without end', () => text(`${CHUNKED}0\r\n${'X: y\r\n'.repeat(10_000)}`)],
  ['a coding that nobody knows', () => text(`${FORM}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`)],
  ['an expectation that nobody meets', () => text(`${FORM}Expect: 200-miracle\r\nContent-Length: 0\r\n\r\n`)],
  ['no host', () => text('GET /v2/index.php HTTP/1.1\r\n\r\n')],
  ['HTTP/0.9', () => text('GET /\r\n')],
  ['HTTP/9.9', () => text('GET / HTTP/9.9\r\nHost: a\r\n\r\n')],
  ['the preface of HTTP/2', () => text('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  ['a TLS hello', () => Buffer.from('16030100a5010000a10303', 'hex')],
  ['nothing but zeros', () => Buffer.alloc(70_000)],
  ['a header with a line feed in it', () => text('GET / HTTP/1.1\r\nHost: a\r\nX: y\nZ\r\n\r\n')],
  [
    'an upgrade to nothing',
    () => text('GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chaos\r\n\r\n'),
  ],
  ['a tunnel', () => text('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n')],
  [
    'a range of ten thousand pieces',
    () => get('/v2/index.php', `Range: bytes=${'0-0,'.repeat(10_000)}0-0\r\n`),
  ],
  ['a path that climbs', () => get(`/${'../'.repeat(3000)}etc/passwd`)],
  ['percent signs', () => get(`/${'%'.repeat(10_000)}`)],
];

const FORM =
  'POST /v2/index.php HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n';
const CHUNKED = `${FORM}Transfer-Encoding: chunked\r\n\r\n`;

function text(head: string): Buffer {
  return Buffer.from(head, 'latin1');
}

function get(target: string, headers = ''): Buffer {
  return text(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`);
}

function post(body: Buffer): Buffer {
  return Buffer.concat([text(`${FORM}Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Many requests in one write, on one connection; the last one closes it. */
export function pipelined(target: string, count: number): Buffer {
  const one = `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
  return Buffer.concat([text(one.repeat(count - 1)), get(target)]);
}
