import { Refused } from '../../common/faults/refused.ts';

/** Longest tag that can be added to a video, characters. Those set at upload may be longer (docs/wire/library.md, tags). */
const MAX_TAG_LENGTH = 8;

/** More than anybody needs; keeps a video's row small. */
const MAX_TAGS = 100;

/** Letters, digits and Chinese characters, 1 to 8 of them. */
export function isTag(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}]+$/u.test(text) && [...text].length <= MAX_TAG_LENGTH;
}

/**
 * Tags with some more, each once, in the order in which they came.
 * @throws Refused `tag.refused` for one that is no tag, or when there are too many
 */
export function withTags(tags: readonly string[], added: readonly string[]): string[] {
  if (!added.every(isTag)) {
    throw new Refused('tag.refused', 'a tag is 1 to 8 letters, digits or Chinese characters', {
      field: 'tags',
    });
  }
  const all = [...new Set([...tags, ...added])];
  if (all.length > MAX_TAGS) {
    throw new Refused('tag.refused', `a video has at most ${MAX_TAGS} tags`, { field: 'tags' });
  }
  return all;
}

/** Tags without some of them. */
export function withoutTags(tags: readonly string[], removed: readonly string[]): string[] {
  return tags.filter((tag) => !removed.includes(tag));
}
