import { glob } from 'node:fs/promises';

/** Every test file of the checkout whose path contains one of the words (without words: all), in order. */
export async function chooseFiles(words: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('{packages,scripts,bench,e2e,soak}/**/*.test.ts', {
    exclude: ['**/node_modules/**', '**/dist/**'],
  })) {
    if (words.length === 0 || words.some((word) => file.includes(word))) files.push(file);
  }
  return files.sort();
}
