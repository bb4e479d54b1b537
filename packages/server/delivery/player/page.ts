import type { Texts } from './texts.ts';

/** Nothing but our own files runs here; HLS plays through blob: addresses, and its pieces come by fetch. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The policy of a page: pages of others may show the embeddable player in a frame, and nothing else. */
export function pagePolicy({
  isEmbedded,
  keyOrigins = [],
}: {
  isEmbedded: boolean;
  /** Of key servers, which are asked for keys. */
  keyOrigins?: readonly string[];
}): string {
  const connect = ["connect-src 'self'", ...keyOrigins].join(' ');
  return `${PAGE_POLICY}; ${connect}; frame-ancestors ${isEmbedded ? '*' : "'none'"}`;
}

/**
 * The player page of a video, or the bare player that fills a frame. All it shows beside the title comes from `<id>/info.json`, which its script asks for.
 * `assets` is the folder of its files, relative to the page.
 */
export function playerPage(title: string, assets: string, texts: Texts, isEmbedded = false): string {
  return `<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/player.css">
<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>
<script type="module" src="${assets}/player.js"></script>
</head>
<body${isEmbedded ? ' class="embedded"' : ''}>
<main>
  <div id="stage" class="stage">
    <video id="video" controls playsinline preload="metadata"></video>
    <section id="notice" class="notice" role="status">
      <span id="spinner" class="spinner" aria-hidden="true"></span>
      <h2 id="notice-title">${escapeHtml(texts.loading)}</h2>
      <p id="notice-text"></p>
      <button id="retry" type="button" hidden>${escapeHtml(texts.retry)}</button>
    </section>
  </div>
  <header class="bar">
    <h1 id="title">${escapeHtml(title)}</h1>
    <div id="choice" class="choice" hidden>
      <output id="current" for="quality"></output>
      <label><span>${escapeHtml(texts.quality)}</span><select id="quality"></select></label>
    </div>
  </header>
</main>
</body>
</html>
`;
}

/** Text that means itself in HTML, in and outside of attributes. */
export function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => named[character]!);
}
