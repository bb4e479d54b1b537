import Hls from './hls.js';

const POLL_MS = 3000;

const element = (id) => document.getElementById(id);
const texts = JSON.parse(element('texts').textContent);
const video = element('video');
const quality = element('quality');
const assets = new URL('.', import.meta.url).href;
const page = location.pathname.replace(/\/+$/, '');
let hls = null;

element('retry').addEventListener('click', () => start());
start();

async function start() {
  notice('loading');
  hls?.destroy();
  hls = null;
  let playback;
  try {
    const response = await fetch(`${page}/info.json${location.search}`);
    if (response.status === 404) return notice('missing');
    if (response.status === 403) return notice('forbidden');
    playback = await response.json();
  } catch {
    return notice('broken');
  }
  if (playback.state !== 'ready') {
    notice(playback.state);
    if (playback.state === 'processing') setTimeout(start, POLL_MS);
    return;
  }
  if (playback.poster) video.poster = playback.poster;
  if (playback.kind === 'files') playFiles(playback.files);
  else if (Hls.isSupported()) playHls(playback.url);
  // Safari on phones has no MSE but plays HLS by itself, and chooses the quality by itself.
  else if (video.canPlayType('application/vnd.apple.mpegurl')) playFile(playback.url);
  else notice('unplayable');
}

function playHls(url) {
  hls = new Hls({
    workerPath: `${assets}hls.worker.js`,
    capLevelToPlayerSize: true,
    // bit/s, until there is a measurement: the first segment should not be the poorest.
    abrEwmaDefaultEstimate: 2_000_000,
  });
  hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
    const best = levels.map((level, index) => ({ ...describe(level), value: index })).reverse();
    offer([{ label: texts.auto, value: -1 }, ...best], -1, (value) => {
      // Who chooses wants to see it now; automatic changes wait for the next segment.
      if (value < 0) hls.nextLevel = value;
      else hls.currentLevel = value;
    });
    show();
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => current(describe(hls.levels[level])));
  hls.on(Hls.Events.ERROR, (_event, error) => {
    if (!error.fatal) return;
    // One decoder error is worth another try (hls.js, API.md, "fatal errors"); then the reader decides.
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !hls.recovered) {
      hls.recovered = true;
      hls.recoverMediaError();
    } else {
      notice('broken');
    }
  });
  hls.loadSource(new URL(url, location.href).href);
  hls.attachMedia(video);
}

function playFiles(files) {
  const options = files.map((file, index) => ({ ...describe(file), value: index }));
  offer(options, 0, (value) => {
    const { currentTime, paused } = video;
    playFile(files[value].url);
    video.currentTime = currentTime;
    current(options[value]);
    if (!paused) video.play();
  });
  current(options[0]);
  playFile(files[0].url);
}

function playFile(url) {
  video.onerror = () => notice('broken');
  video.src = url;
  show();
}

function show() {
  element('notice').hidden = true;
}

function notice(state) {
  const isWaiting = state === 'loading' || state === 'processing';
  element('notice').hidden = false;
  element('notice').dataset.state = state;
  element('spinner').hidden = !isWaiting;
  element('notice-title').textContent = state === 'loading' ? texts.loading : texts[`${state}Title`];
  element('notice-text').textContent = state === 'loading' ? '' : texts[state];
  element('retry').hidden = state !== 'broken';
  element('choice').hidden = true;
}

function offer(options, chosen, choose) {
  quality.replaceChildren(...options.map(({ label, value }) => new Option(label, value)));
  quality.value = chosen;
  quality.onchange = () => choose(Number(quality.value));
  element('choice').hidden = options.length < 2;
}

function current({ detail }) {
  element('current').textContent = detail;
}

/** The shorter side names the quality, upright videos included. */
function describe({ width, height, bitrate }) {
  const side = Math.min(width, height);
  const rate =
    bitrate >= 1e6 ? `${(bitrate / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bitrate / 1e3)} kbit/s`;
  return side > 0
    ? { label: `${side}p`, detail: `${width} × ${height} · ${rate}` }
    : { label: rate, detail: rate };
}
