import path from 'node:path';
import { parseSource } from './syntax.ts';

/** A path that a text names, and where. */
export interface Citation {
  target: string;
  line: number;
}

/** A path to a file, as prose writes it. What has a placeholder, or begins like an address, is not one. */
const PATH =
  /(?<![\w./:@<>*{}$-])(?:\.{1,2}\/)*[\w@-][\w.@-]*(?:\/[\w.@-]+)*\/[\w.@-]+\.(?:ts|mjs|md|yaml)\b(?![\w*<{/])/g;
const LINK = /\]\(([^)\s]+)\)/g;

/** The paths that a file cites: of code its comments, of Markdown everything and the links, of YAML the comments. */
export function citationsOf(file: string, text: string): Citation[] {
  const prose = proseOf(file, text);
  const paths = [...prose.matchAll(PATH)].map((match) => ({ target: match[0], at: match.index }));
  const links = file.endsWith('.md')
    ? [...prose.matchAll(LINK)]
        .filter(([, target]) => !/^([a-z]+:|#|\/)/.test(target!))
        .map((match) => ({ target: decodeURI(match[1]!.replace(/#.*/, '')), at: match.index }))
    : [];
  return [...paths, ...links].map(({ target, at }) => ({
    target,
    line: prose.slice(0, at).split('\n').length,
  }));
}

/**
 * Whether a cited path exists. It may be told from the top, from the file's own folder or from any folder above it:
 * a comment in packages/server may leave `packages/server` away, and so may the pages on how the server is built.
 */
export function exists(file: string, target: string, files: ReadonlySet<string>): boolean {
  if (file.startsWith('docs/') && files.has(`packages/server/${target}`)) return true;
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const candidate = path.posix.normalize(path.posix.join(folder, target)).replace(/\/$/, '');
    if (files.has(candidate)) return true;
    if (folder === '.') return false;
  }
}

/** The text with everything that is not prose blanked out; lines stay where they are. */
function proseOf(file: string, text: string): string {
  if (/\.(ts|mjs)$/.test(file)) {
    let prose = '';
    for (const { start, end } of parseSource(file, text).comments)
      prose += text.slice(prose.length, start).replaceAll(/[^\n]/g, ' ') + text.slice(start, end);
    return prose;
  }
  return file.endsWith('.yaml') ? text.replaceAll(/^[^#\n]*/gm, (code) => ' '.repeat(code.length)) : text;
}
