import { REGIONS } from '../../packages/contract/v2/index.ts';
import type { Json } from './json-schema.ts';

export const SECURITY: Json = {
  signature: {
    type: 'apiKey',
    in: 'query',
    name: 'Signature',
    description:
      'Base64 of the HMAC, by the key that SecretId names, over method, host, path and all other parameters. In a form it is a field of the form.',
  },
};

/** Parameters that every call has, beside Action and Signature. */
export const COMMON: Readonly<Record<string, { required: boolean; schema: Json }>> = {
  Region: {
    required: false,
    schema: { type: 'string', examples: [REGIONS[0].name], description: 'Has no effect.' },
  },
  Timestamp: { required: true, schema: { type: 'integer', description: 'Unix seconds.' } },
  Nonce: { required: true, schema: { type: 'integer', minimum: 0, description: 'Random.' } },
  SecretId: { required: true, schema: { type: 'string', description: 'Which key signed the call.' } },
  SignatureMethod: {
    required: false,
    schema: { enum: ['HmacSHA1', 'HmacSHA256'], default: 'HmacSHA1' },
  },
  SubAppId: {
    required: false,
    schema: { type: 'integer', description: 'Sub-application; absent or 0 means the main one.' },
  },
};

export function commonQuery(): Json {
  return Object.fromEntries(
    Object.entries(COMMON).map(([name, parameter]) => [name, { name, in: 'query', ...parameter }]),
  );
}

/** The same for a POST, which has them in its form, the signature included. */
export function commonForm(): Json {
  const fields = Object.entries(COMMON);
  return {
    type: 'object',
    required: [...fields.filter(([, { required }]) => required).map(([name]) => name), 'Signature'],
    properties: {
      ...Object.fromEntries(fields.map(([name, { schema }]) => [name, schema])),
      Signature: { type: 'string', description: 'See the security scheme.' },
    },
  };
}

export function envelope(): Json {
  return {
    type: 'object',
    required: ['code', 'message', 'codeDesc'],
    properties: {
      code: { type: 'integer', description: '0 on success.' },
      message: { type: 'string', description: 'Empty on success.' },
      codeDesc: { type: 'string' },
      canRetry: { enum: [0, 1], description: 'Upload calls only: 1 when the same call may be sent again.' },
    },
  };
}
