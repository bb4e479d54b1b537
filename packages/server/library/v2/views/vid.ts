/** The legacy id `<appId>_<32 hex digits>`; the digits are the id's own, so that it can be turned back. */
export function vidOf({ appId, id }: { appId: string; id: string }): string {
  return `${appId}_${BigInt(id).toString(16).padStart(32, '0')}`;
}

/** The video that a `vid` of ours names; null for one of another application, or that was handed out by somebody else. */
export function videoIdOf(appId: string, vid: string): string | null {
  const match = /^(\d{1,20})_([0-9a-f]{32})$/i.exec(vid);
  return match?.[1] === appId ? BigInt(`0x${match[2]}`).toString() : null;
}
