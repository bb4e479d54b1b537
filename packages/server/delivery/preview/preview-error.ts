/** There is no way to give the beginning of a file alone; the message says why. */
export class PreviewError extends Error {
  override name = 'PreviewError';
}
