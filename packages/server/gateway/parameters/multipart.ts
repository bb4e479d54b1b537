import { Busboy } from '@fastify/busboy';
import { MAX_PARAMETERS } from '@openvod/contract/v2';
import type { Form } from './form.ts';

/**
 * Reads a multipart/form-data body, one part a parameter, as the Java and .NET clients send it. Files (and the part
 * `entityFile`, which clients add without need) are left out.
 * @throws Error when the body is not what its Content-Type says.
 */
export async function parseMultipart(contentType: string, body: Buffer): Promise<Form> {
  const { promise, resolve, reject } = Promise.withResolvers<Form>();
  const form: Form = { pairs: [], broken: null };
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    isPartAFile: (name, _type, fileName) => fileName !== undefined || name === 'entityFile',
    limits: { fields: MAX_PARAMETERS + 1, fieldSize: body.length, headerPairs: 32 },
  });
  parser.on('field', (name, value) => {
    // The parser puts U+FFFD where bytes are not UTF-8.
    if (/[\0\uFFFD]/.test(name + value)) form.broken ??= name;
    else if (name) form.pairs.push([name, value]);
  });
  parser.on('finish', () => resolve(form));
  parser.on('error', reject);
  parser.end(body);
  return promise;
}
