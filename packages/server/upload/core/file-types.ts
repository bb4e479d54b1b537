/** Extensions that a video or sound may be uploaded with. What the file really is, probing finds out. */
const MEDIA = new Set(
  (
    '3g2 3gp asf avi dat divx dv f4v flv m2t m2ts m2v m4v mkv mov mp4 mpe mpeg mpg mts mxf ogv rm rmvb ts vob webm wmv ' +
    'aac ac3 amr ape flac m4a mka mp3 ogg opus wav wma'
  ).split(' '),
);

/** Extensions of covers, each with a test of how such a file begins. */
const PICTURES: Record<string, (head: Buffer) => boolean> = {
  bmp: (head) => begins(head, 'BM'),
  gif: (head) => begins(head, 'GIF8'),
  jpeg: isJpeg,
  jpg: isJpeg,
  png: (head) => begins(head, '\x89PNG\r\n\x1a\n'),
  webp: (head) => begins(head, 'RIFF') && head.toString('latin1', 8, 12) === 'WEBP',
};

/** Bytes of a picture that `isPicture` wants to see. */
export const PICTURE_HEAD_BYTES = 12;

/** `type` is a lower-case extension without a dot. */
export function isMediaType(type: string): boolean {
  return MEDIA.has(type);
}

/** `type` is a lower-case extension without a dot. */
export function isPictureType(type: string): boolean {
  return Object.hasOwn(PICTURES, type);
}

/**
 * Whether a file that begins with `head` is a picture that browsers show. Any kind will do, because many pictures
 * are named jpg that are none; a page or script that calls itself a picture must not pass.
 */
export function isPicture(head: Buffer): boolean {
  return Object.values(PICTURES).some((matches) => matches(head));
}

function isJpeg(head: Buffer): boolean {
  return begins(head, '\xff\xd8\xff');
}

function begins(head: Buffer, latin1: string): boolean {
  return head.toString('latin1', 0, latin1.length) === latin1;
}
