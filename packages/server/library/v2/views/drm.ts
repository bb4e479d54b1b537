import { encryptionOf } from '../../outputs/encryption.ts';
import type { Output } from '../../outputs/types.ts';

/** `drm` of GetVideoInfo; nothing while nothing is encrypted. Keys are those of all encrypted outputs. */
export function drmOf(outputs: readonly Output[]) {
  const encryptions = outputs.flatMap((output) => encryptionOf(output) ?? []);
  const [first] = encryptions;
  if (!first) return {};
  return {
    drm: {
      definition: first.definition,
      encryptType: 'SingleKey',
      keySource: 'VodBuildInKMS',
      getKeyUrl: first.keyUrl,
      edkList: [...new Set(encryptions.map(({ edk }) => edk))],
    },
  };
}
