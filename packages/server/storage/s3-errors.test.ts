import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { NoSpaceError, NotFoundError, StoreAwayError, UnsatisfiableRangeError } from './errors.ts';
import { meaningOf } from './s3-errors.ts';

const answer = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'server', $metadata: { httpStatusCode } });
const coded = (code: string) => Object.assign(new Error('words'), { code });

const cases: [what: string, error: Error, meaning: unknown][] = [
  ['an object that is not there', answer('NoSuchKey', 404), NotFoundError],
  ['a range behind the end', answer('InvalidRange', 416), UnsatisfiableRangeError],
  ['a full store', answer('XMinioStorageFull', 507), NoSpaceError],
  ['a bucket that is not there', answer('NoSuchBucket', 404), StoreAwayError],
  ['a fault of the store', answer('InternalError', 500), StoreAwayError],
  ['a proxy without its store', answer('Unknown', 502), StoreAwayError],
  ['too many requests', answer('SlowDown', 503), StoreAwayError],
  ['an account that is refused', answer('AccessDenied', 403), StoreAwayError],
  ['a body that came too slowly', answer('RequestTimeout', 400), StoreAwayError],
  ['a connection that is refused', coded('ECONNREFUSED'), StoreAwayError],
  ['a name that is not known', coded('ENOTFOUND'), StoreAwayError],
  ['a certificate that is over', coded('CERT_HAS_EXPIRED'), StoreAwayError],
  ['silence', Object.assign(new Error('words'), { name: 'TimeoutError' }), StoreAwayError],
];
for (const [what, error, meaning] of cases) {
  test(`${what} means ${(meaning as { name: string }).name}`, () => {
    const found = meaningOf(error);
    assert.ok(found instanceof (meaning as typeof Error), String(found));
    assert.equal(found.cause, error);
  });
}

test('what is at fault with the request stays what it is', () => {
  for (const error of [answer('EntityTooSmall', 400), new TypeError('words'), coded('ENOENT')]) {
    assert.equal(meaningOf(error), error);
  }
});

test('a server that is no store at all is a store that is away', async (t) => {
  const { S3Objects } = await import('./s3-objects.ts');
  const server = createServer((_request, response) => response.end('<html>hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const objects = new S3Objects({
    ...{ bucket: 'b', region: 'us-east-1', prefix: '', forcePathStyle: true },
    ...{
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
  });
  t.after(() => {
    objects.close();
    server.close();
  });
  await assert.rejects(objects.list('')[Symbol.asyncIterator]().next(), StoreAwayError);
});
