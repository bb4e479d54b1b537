import { Bits } from './bits.ts';
import { sure } from './unsure.ts';

const sampleRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
];
/** Channels of a channel configuration; 0 is one that the frames tell. */
const channelCounts = [0, 1, 2, 3, 4, 5, 6, 8];

/** Up to this sampling rate, Hz, AAC-LC may carry SBR without saying so in the header, and then plays at twice the rate. */
const MAX_SILENT_SBR_RATE = 24_000;

/**
 * Reads the AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) of plain AAC-LC.
 *
 * @throws Unsure for other kinds of AAC, and where only the frames tell whether it is AAC-LC
 */
export function parseAacConfig(config: Uint8Array): { sampleRate: number; channels: number } {
  const bits = new Bits(config);
  sure(bits.uint(5) === 2, 'another kind than AAC-LC');
  const sampleRate = sampleRates[bits.uint(4)];
  sure(sampleRate, 'an uncommon sampling rate');
  const channels = channelCounts[bits.uint(4)];
  sure(channels, 'channels that only the frames tell');
  // Frames of 960 samples, a core coder, an extension.
  sure(bits.uint(3) === 0, 'an uncommon kind of AAC-LC');
  const sbr = readSbr(bits);
  sure(sbr === 'none' || (sbr === 'not said' && sampleRate > MAX_SILENT_SBR_RATE), 'SBR');
  return { sampleRate, channels };
}

/** Looks for the extension that says whether there is SBR, as decoders do: at any bit. */
function readSbr(bits: Bits): 'none' | 'not said' | 'used' {
  let last = 0;
  while (bits.left > 5) {
    last = ((last << 1) | bits.uint(1)) & 0x7ff;
    if (last === 0x2b7) return bits.uint(5) === 5 && bits.left > 0 && !bits.flag() ? 'none' : 'used';
  }
  return 'not said';
}
