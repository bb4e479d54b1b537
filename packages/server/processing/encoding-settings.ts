import type { CopyWhenFits, EncodePreset } from '../media/index.ts';

/** How this node encodes, whatever is asked for (OPENVOD_COPY_WHEN_FITS, OPENVOD_UPSCALE, OPENVOD_ENCODE_PRESET). */
export interface EncodingSettings {
  copyWhenFits: CopyWhenFits;
  /** Sources that are smaller than a definition are enlarged. */
  upscale: boolean;
  encodePreset: EncodePreset;
}
