/** Words of the player page. */
export interface Texts {
  language: string;
  quality: string;
  auto: string;
  source: string;
  loading: string;
  processingTitle: string;
  processing: string;
  missingTitle: string;
  missing: string;
  forbiddenTitle: string;
  forbidden: string;
  failedTitle: string;
  failed: string;
  unplayableTitle: string;
  unplayable: string;
  brokenTitle: string;
  broken: string;
  retry: string;
}

const ENGLISH: Texts = {
  language: 'en',
  quality: 'Quality',
  auto: 'Auto',
  source: 'Original',
  loading: 'Loading…',
  processingTitle: 'Almost there',
  processing: 'This video is still being processed. It appears here by itself as soon as it is ready.',
  missingTitle: 'No such video',
  missing: 'It was deleted, or the address is not complete.',
  forbiddenTitle: 'This video is not for everybody',
  forbidden: 'The page that sent you here did not say that you may watch it, or its word is no longer good.',
  failedTitle: 'This video could not be processed',
  failed: 'The file may be damaged, or of a kind that is not supported.',
  unplayableTitle: 'Browsers cannot play this file',
  unplayable: 'It needs to be transcoded first.',
  brokenTitle: 'Playback stopped',
  broken: 'The connection was lost, or this browser cannot play the video.',
  retry: 'Try again',
};

const CHINESE: Texts = {
  language: 'zh-CN',
  quality: '清晰度',
  auto: '自动',
  source: '原画',
  loading: '加载中…',
  processingTitle: '马上就好',
  processing: '视频正在处理，完成后会自动显示。',
  missingTitle: '视频不存在',
  missing: '视频已被删除，或者地址不完整。',
  forbiddenTitle: '无权观看该视频',
  forbidden: '来源页面没有提供观看授权，或者授权已经过期。',
  failedTitle: '视频处理失败',
  failed: '文件可能已损坏，或者格式不受支持。',
  unplayableTitle: '浏览器无法播放该文件',
  unplayable: '需要先进行转码。',
  brokenTitle: '播放中断',
  broken: '网络连接已断开，或者当前浏览器无法播放该视频。',
  retry: '重试',
};

/** Words in the language that an `Accept-Language` header wants most: Chinese or English (RFC 9110, 12.5.4). */
export function textsFor(acceptLanguage = ''): Texts {
  let best = { texts: ENGLISH, weight: 0 };
  for (const entry of acceptLanguage.toLowerCase().split(',')) {
    const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const texts = /^zh\b/.test(tag) ? CHINESE : /^en\b/.test(tag) ? ENGLISH : null;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (texts && weight > best.weight) best = { texts, weight };
  }
  return best.texts;
}
