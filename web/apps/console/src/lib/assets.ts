// Pictures, videos and sound of questions and prompts.

export type AssetKind = 'picture' | 'video' | 'audio';

/** What an upload answers; the API document does not describe bodies of raw routes. */
export interface AssetView {
  id: string;
  org_id: string;
  kind: AssetKind;
  media_type: string;
  bytes: number;
  name: string;
  created_at: string;
}

export const megabytes: Record<AssetKind, number> = { picture: 5, audio: 10, video: 50 };

/** By file ending. Browsers disagree on the types of sound, and know none for some files. */
const formats: Record<string, { kind: AssetKind; type: string }> = {
  png: { kind: 'picture', type: 'image/png' },
  jpg: { kind: 'picture', type: 'image/jpeg' },
  jpeg: { kind: 'picture', type: 'image/jpeg' },
  webp: { kind: 'picture', type: 'image/webp' },
  gif: { kind: 'picture', type: 'image/gif' },
  mp4: { kind: 'video', type: 'video/mp4' },
  webm: { kind: 'video', type: 'video/webm' },
  mp3: { kind: 'audio', type: 'audio/mpeg' },
  m4a: { kind: 'audio', type: 'audio/mp4' },
  wav: { kind: 'audio', type: 'audio/wav' },
  ogg: { kind: 'audio', type: 'audio/ogg' },
  weba: { kind: 'audio', type: 'audio/webm' },
};

const aliases: Record<string, string> = {
  'audio/mp3': 'audio/mpeg', 'audio/x-m4a': 'audio/mp4', 'audio/m4a': 'audio/mp4', 'audio/x-wav': 'audio/wav', 'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav', 'application/ogg': 'audio/ogg', 'video/ogg': 'audio/ogg', 'video/x-m4v': 'video/mp4',
};

/** For the `accept` of a file input: types and endings, because some systems know only one of them. */
export function acceptOf(kinds: readonly AssetKind[]): string {
  const fitting = Object.entries(formats).filter(([, format]) => kinds.includes(format.kind));
  return [...new Set(fitting.flatMap(([ending, format]) => [format.type, `.${ending}`]))].join(',');
}

export type FileCheck =
  | { kind: AssetKind; type: string }
  | { wrong: 'empty' | 'type' }
  | { wrong: 'size'; limit: number };

/** What can be said about a file before it is sent; the server looks at its content. */
export function checkFile(file: { name: string; type: string; size: number }, kinds: readonly AssetKind[]): FileCheck {
  const named = formats[file.name.split('.').pop()?.toLowerCase() ?? ''];
  const given = file.type.split(';')[0]!.trim().toLowerCase();
  const type = aliases[given] ?? given;
  const found = Object.values(formats).find((format) => format.type === type) ?? (type === '' || type === 'application/octet-stream' ? named : undefined);
  if (!found || !kinds.includes(found.kind)) return { wrong: 'type' };
  if (file.size === 0) return { wrong: 'empty' };
  const limit = megabytes[found.kind];
  if (file.size > limit * 1024 * 1024) return { wrong: 'size', limit };
  return { kind: found.kind, type: found.type };
}

/** "0.4 MB"; never "0 MB" for a file that has something in it. */
export const inMegabytes = (bytes: number) => Math.max(0.1, Math.ceil(bytes / 1024 / 102.4) / 10);
