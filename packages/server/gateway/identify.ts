import {
  ApiError,
  type CommonParameters,
  candidates,
  hostCandidates,
  repairSignature,
  type SignedCall,
  signatureMethodOf,
  verify,
} from '@openvod/contract/v2';
import type { Accounts } from '../accounts/index.ts';
import type { StepCodes } from './errors.ts';

export interface Caller {
  accountId: string;
  secretId: string;
  /** In its one valid spelling. */
  signature: string;
  /** The call's Timestamp, ms since the epoch. */
  issuedAt: number;
}

export interface Identification {
  common: CommonParameters;
  call: SignedCall;
  /** As the client addressed it, with its port. */
  host: string;
  codes: StepCodes;
}

const REQUIRED = {
  timestamp: 'Timestamp',
  nonce: 'Nonce',
  secretId: 'SecretId',
  signature: 'Signature',
} as const;

/** From 13 digits on a Timestamp is in ms: the Node upload SDK sends those (contract/common.yaml, Timestamp). */
const SMALLEST_MS_TIMESTAMP = 1e12;

/**
 * Says whose call it is: the common parameters are there, the key exists, the signature is right.
 * @throws ApiError with the step's code and a message that names the parameter.
 */
export async function identify(
  accounts: Accounts,
  signedHosts: readonly string[],
  { common, call, host, codes }: Identification,
): Promise<Caller> {
  const { timestamp, nonce, secretId, signature } = requireCommon(common, codes);
  if (!/^\d{1,13}$/.test(timestamp))
    throw new ApiError(codes.common, 'Timestamp must be a Unix time in seconds');
  // Kept as text: 19 digits do not fit a JavaScript number.
  if (!/^\d{1,20}$/.test(nonce)) throw new ApiError(codes.common, 'Nonce must be a positive integer');
  const key = await accounts.findKey(secretId);
  if (!key)
    throw new ApiError(codes.secretId, 'SecretId does not exist', { codeDesc: 'AuthFailure.SecretId' });
  if (key.disabled)
    throw new ApiError(codes.secretId, 'SecretId is disabled', { codeDesc: 'AuthFailure.SecretId' });
  if (common.token) {
    throw new ApiError(codes.token, 'Token is wrong: there are no temporary keys', {
      codeDesc: 'AuthFailure.Token',
    });
  }
  const repaired = repairSignature(signature);
  const [received = '', ...others] = hostCandidates(host, signedHosts);
  const method = signatureMethodOf(common.signatureMethod);
  // Nearly every client signs the host that it sends, so the others are only spelled out when that one fails.
  const verified =
    verify(key.secretKey, repaired, method, candidates([received], call)) ||
    verify(key.secretKey, repaired, method, candidates(others, call));
  if (!verified) {
    const message = `Signature is wrong for ${call.method} ${host}${call.path} with ${method}`;
    throw new ApiError(codes.signature, message, { codeDesc: 'AuthFailure' });
  }
  const time = Number(timestamp);
  const issuedAt = time >= SMALLEST_MS_TIMESTAMP ? time : time * 1000;
  return { accountId: key.accountId, secretId, signature: repaired, issuedAt };
}

type Required = Record<keyof typeof REQUIRED, string>;

function requireCommon(common: CommonParameters, codes: StepCodes): Required {
  const missing = Object.entries(REQUIRED).filter(([key]) => !common[key as keyof Required]);
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name).join(', ');
    throw new ApiError(codes.common, `${names} ${missing.length > 1 ? 'are' : 'is'} required`);
  }
  return common as Required;
}
