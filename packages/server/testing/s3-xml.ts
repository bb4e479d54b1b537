const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

type Content = { [name: string]: string | number | readonly (string | Content | number)[] | Content };

/** An XML document; a list repeats its element. */
export function xml(root: string, content: Content): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, content)}`;
}

function element(name: string, content: Content[string]): string {
  if (Array.isArray(content)) return content.map((item) => element(name, item)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
      : String(content).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  return `<${name}>${inner}</${name}>`;
}

function texts(document: string, name: string): string[] {
  const found = document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'));
  return Array.from(found, ([, text = '']) =>
    text.replace(
      /&\w+;/g,
      (entity) => Object.keys(ENTITIES).find((character) => ENTITIES[character] === entity) ?? entity,
    ),
  );
}

/** The keys of a DeleteObjects request. */
export function keysToDelete(document: string): string[] {
  return texts(document, 'Key');
}

/** The parts of a CompleteMultipartUpload request, in its order. */
export function partsToComplete(document: string): { number: number; etag: string }[] {
  const etags = texts(document, 'ETag');
  return texts(document, 'PartNumber').map((number, index) => ({
    number: Number(number),
    etag: etags[index] ?? '',
  }));
}
