/** A packet of a video stream, in the order of decoding. */
export interface Packet {
  /** when its frame is shown, ms */
  shownMs: number;
  isKey: boolean;
}

/** Times of frames are rounded, down to whole ms in some containers. */
const ROUNDING_MS = 1.1;

/**
 * Where a stream begins that is cut at a time without being decoded.
 *
 * @param packets around that time, from a key frame before it on
 * @returns when the first frame from then on is shown, ms, if it is a key frame and whatever is decoded after it is shown after it; else null
 */
export function cleanBeginning(packets: readonly Packet[], atMs: number): number | null {
  const shown = packets.filter(({ shownMs }) => shownMs >= atMs - ROUNDING_MS);
  const first = shown.reduce<Packet | null>(
    (found, packet) => (found === null || packet.shownMs < found.shownMs ? packet : found),
    null,
  );
  if (!first?.isKey) return null;
  const after = packets.slice(packets.indexOf(first) + 1);
  return after.every(({ shownMs }) => shownMs > first.shownMs) ? first.shownMs : null;
}

/**
 * Whether a stream may end at a time without being decoded: all frames shown before it are decoded before the first one that is shown
 * later, so that none of them needs what is cut off.
 *
 * @param packets around that time, until some frames after it
 */
export function endsCleanly(packets: readonly Packet[], atMs: number): boolean {
  const cut = packets.findIndex(({ shownMs }) => shownMs >= atMs - ROUNDING_MS);
  return cut >= 0 && packets.slice(cut).every(({ shownMs }) => shownMs >= atMs - ROUNDING_MS);
}
