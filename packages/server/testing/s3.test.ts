import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startS3 } from './s3.ts';

async function connect(t: TestContext) {
  const s3 = await startS3();
  const url = new URL(s3.url);
  const client = new S3Client({
    endpoint: url.searchParams.get('endpoint') ?? '',
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(() => {
    client.destroy();
    return s3.stop();
  });
  return { client, Bucket: url.hostname };
}

test('a stream comes in chunks with a checksum behind them', async (t) => {
  const { client, Bucket } = await connect(t);
  const Body = Readable.from(['one ', 'two'], { objectMode: false });
  await client.send(new PutObjectCommand({ Bucket, Key: 'a&b', Body, ContentLength: 7 }));
  const found = await client.send(new GetObjectCommand({ Bucket, Key: 'a&b' }));
  assert.equal(await text(found.Body as Readable), 'one two');
});

test('a body that differs from its checksum is refused', async (t) => {
  const { client, Bucket } = await connect(t);
  const ContentMD5 = createHash('md5').update('other').digest('base64');
  await assert.rejects(client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'one', ContentMD5 })), {
    name: 'BadDigest',
  });
  const ChecksumCRC32 = 'AAAAAA==';
  await assert.rejects(client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'one', ChecksumCRC32 })), {
    name: 'BadDigest',
  });
});

test('a part that is too small, but for the last, is refused at the end', async (t) => {
  const { client, Bucket } = await connect(t);
  const target = { Bucket, Key: 'a' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const Parts = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await client.send(
      new UploadPartCommand({ ...target, UploadId, PartNumber, Body: 'small' }),
    );
    Parts.push({ PartNumber, ETag });
  }
  const complete = new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } });
  await assert.rejects(client.send(complete), { name: 'EntityTooSmall' });
});
