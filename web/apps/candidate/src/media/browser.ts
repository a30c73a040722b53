// What this browser can do and which help its person needs.

export type Browser =
  | 'wechat' | 'dingtalk' | 'safari_ios' | 'chrome_ios' | 'chrome_android' | 'chrome' | 'edge' | 'firefox' | 'safari' | 'other';

export function DetectBrowser(agent: string = navigator.userAgent, touch_points: number = navigator.maxTouchPoints ?? 0): Browser {
  const ios = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch_points > 1);
  if (/MicroMessenger/i.test(agent)) return 'wechat';
  if (/DingTalk/i.test(agent)) return 'dingtalk';
  if (ios) return /CriOS|FxiOS|EdgiOS/.test(agent) ? 'chrome_ios' : 'safari_ios';
  if (/Edg(A|e)?\//.test(agent)) return 'edge';
  if (/Firefox\//.test(agent)) return 'firefox';
  if (/Chrome\//.test(agent)) return /Android/.test(agent) ? 'chrome_android' : 'chrome';
  if (/Safari\//.test(agent)) return 'safari';
  return 'other';
}

// VP8 first: the analysis decodes it with the least work. Safari offers mp4 only.
export const kRecorderTypes = [
  'video/webm;codecs=vp8,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm',
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  'video/mp4;codecs=h264,aac',
  'video/mp4',
] as const;

export function ChooseRecorderType(supported: (type: string) => boolean): string | undefined {
  return kRecorderTypes.find(supported);
}

export type Lack = 'insecure' | 'no_camera_api' | 'no_recorder' | 'no_type';

/** undefined: the interview can be recorded here. */
export function FindLack(): Lack | undefined {
  if (!window.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia) return 'no_camera_api';
  if (typeof MediaRecorder === 'undefined') return 'no_recorder';
  if (!RecorderType()) return 'no_type';
  return undefined;
}

export function RecorderType(): string | undefined {
  return ChooseRecorderType((type) => MediaRecorder.isTypeSupported(type));
}
