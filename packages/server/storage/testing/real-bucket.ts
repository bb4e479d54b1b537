import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { parseS3Url } from '../s3-url.ts';

function connect(url: string) {
  const { bucket, prefix, endpoint, region, credentials, forcePathStyle } = parseS3Url(url);
  const client = new S3Client({
    region,
    forcePathStyle,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  });
  return { client, bucket, prefix };
}

/** What a real bucket holds below the prefix of a storage address: keys, and ids of unfinished uploads. */
export async function whatLiesBelow(url: string): Promise<{ keys: string[]; uploads: string[] }> {
  const { client, bucket, prefix } = connect(url);
  try {
    const keys: string[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
    return {
      keys,
      uploads: (uploads.Uploads ?? []).flatMap(({ UploadId }) => UploadId ?? []),
    };
  } finally {
    client.destroy();
  }
}

/** Removes all objects and unfinished uploads below the prefix of a storage address, and nothing else. */
export async function emptyPrefix(url: string): Promise<void> {
  const { client, bucket, prefix } = connect(url);
  if (prefix === '') throw new Error('a whole bucket is not emptied');
  try {
    for (const Key of (await whatLiesBelow(url)).keys)
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    const { Uploads = [] } = await client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }),
    );
    for (const { Key, UploadId } of Uploads)
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  } finally {
    client.destroy();
  }
}
