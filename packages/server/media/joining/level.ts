/** ITU-T H.264, table A-1: macroblocks a frame, macroblocks a second, bit/s of High profile (1.25 times those of Main). */
const LEVELS = [
  ['3', 1620, 40_500, 12_500_000],
  ['3.1', 3600, 108_000, 17_500_000],
  ['4', 8192, 245_760, 25_000_000],
  ['4.2', 8704, 522_240, 62_500_000],
  ['5.1', 36_864, 983_040, 300_000_000],
  ['5.2', 36_864, 2_073_600, 300_000_000],
] as const;

/**
 * The lowest of the usual levels that a picture fits; the highest where none is high enough.
 *
 * @param picture px, bit/s on average (peaks are half as high again), frames per second
 */
export function levelFor(picture: { width: number; height: number; bitrate: number; fps: number }): string {
  const blocks = Math.ceil(picture.width / 16) * Math.ceil(picture.height / 16);
  const found = LEVELS.find(
    ([, frame, second, bits]) =>
      blocks <= frame && blocks * picture.fps <= second && picture.bitrate * 1.5 <= bits,
  );
  return found ? found[0] : '6.2';
}
