/** Longest tag that CreateVodTags takes, characters. */
const MAX_TAG_LENGTH = 8;

/** More than anybody needs; keeps a video's row small. */
export const MAX_TAGS = 100;

/** Letters, digits and Chinese characters, 1 to 8 of them (contract/media/CreateVodTags.yaml). */
export function isTag(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}]+$/u.test(text) && [...text].length <= MAX_TAG_LENGTH;
}

/** Tags with some more, each once, in the order in which they came. */
export function withTags(tags: readonly string[], added: readonly string[]): string[] {
  return [...new Set([...tags, ...added])];
}

/** Tags without some of them. */
export function withoutTags(tags: readonly string[], removed: readonly string[]): string[] {
  return tags.filter((tag) => !removed.includes(tag));
}
