import { checkPrefix } from './keys.ts';

/** Where and how to reach a bucket. */
export interface S3Settings {
  bucket: string;
  /** Undefined for the vendor's own. */
  endpoint?: string;
  region: string;
  /** Before every key: empty or ending with `/`. */
  prefix: string;
  /** Undefined for the SDK's default chain: environment, profile, instance role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** The bucket in the path instead of the host name. */
  forcePathStyle: boolean;
}

const PARAMETERS = ['endpoint', 'region', 'prefix', 'accessKeyId', 'secretAccessKey', 'forcePathStyle'];

/**
 * Reads `s3://bucket?endpoint=…&region=…&prefix=…&accessKeyId=…&secretAccessKey=…&forcePathStyle=true`, every
 * parameter optional. The region is `us-east-1` when not given; paths are in use when there is an endpoint, because
 * few stores of one's own have a host name for each bucket.
 * @throws Error that names what is wrong, without the secret
 */
export function parseS3Url(text: string): S3Settings {
  const wrong = (what: string) => new Error(`OPENVOD_STORAGE_URL: ${what}`);
  const url = URL.parse(text);
  if (url?.protocol !== 's3:') throw wrong('must look like s3://bucket?endpoint=…&region=…');
  if (!url.hostname || !['', '/'].includes(url.pathname) || url.username || url.port) {
    throw wrong('only a bucket may stand between "s3://" and "?"');
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw wrong(`does not know "${unknown}"; it knows ${PARAMETERS.join(', ')}`);
  const get = (name: string) => url.searchParams.get(name) || undefined;

  const endpoint = get('endpoint');
  if (endpoint && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw wrong('"endpoint" must be an http or https address');
  }
  const prefix = get('prefix') ?? '';
  const accessKeyId = get('accessKeyId');
  const secretAccessKey = get('secretAccessKey');
  if (!accessKeyId !== !secretAccessKey) throw wrong('"accessKeyId" and "secretAccessKey" go together');
  const style = get('forcePathStyle') ?? String(endpoint !== undefined);
  if (style !== 'true' && style !== 'false') throw wrong('"forcePathStyle" must be true or false');
  return {
    bucket: url.hostname,
    endpoint,
    region: get('region') ?? 'us-east-1',
    prefix: prefix === '' ? '' : checkPrefix(prefix.endsWith('/') ? prefix : `${prefix}/`),
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: style === 'true',
  };
}
