import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseS3Url } from './s3-url.ts';

test('a bucket alone is the vendor’s, with the default region and credentials', () => {
  assert.deepEqual(parseS3Url('s3://my.videos-1'), {
    bucket: 'my.videos-1',
    endpoint: undefined,
    region: 'us-east-1',
    prefix: '',
    credentials: undefined,
    forcePathStyle: false,
  });
});

test('every parameter is read', () => {
  const url =
    's3://b?endpoint=http://127.0.0.1:9000&region=eu-1&prefix=a/b&accessKeyId=id&secretAccessKey=s%2B%2F&forcePathStyle=false';
  assert.deepEqual(parseS3Url(url), {
    bucket: 'b',
    endpoint: 'http://127.0.0.1:9000',
    region: 'eu-1',
    prefix: 'a/b/',
    credentials: { accessKeyId: 'id', secretAccessKey: 's+/' },
    forcePathStyle: false,
  });
  assert.equal(parseS3Url('s3://b?endpoint=https://s3.example').forcePathStyle, true);
});

test('what is wrong is named, the secret is not', () => {
  for (const [url, message] of [
    ['', /must look like/],
    ['/data', /must look like/],
    ['https://b', /must look like/],
    ['s3://?region=x', /must look like|only a bucket/],
    ['s3://b/folder', /only a bucket/],
    ['s3://user@b', /only a bucket/],
    ['s3://b?regoin=x', /"regoin"/],
    ['s3://b?endpoint=127.0.0.1:9000', /"endpoint"/],
    ['s3://b?forcePathStyle=yes', /"forcePathStyle"/],
    ['s3://b?secretAccessKey=hidden', /go together/],
    ['s3://b?prefix=../a', /not an object key/],
  ] as const) {
    assert.throws(
      () => parseS3Url(url),
      (error: Error) => message.test(error.message) && !error.message.includes('hidden'),
      url,
    );
  }
});
