import type { CandidateFileView } from '@bole/api';

// Résumés and attachments of a candidate.

export type CandidateFileKind = CandidateFileView['kind'];

/** What an upload answers; the API document does not describe bodies of raw routes. */
export interface UploadedFile {
  file: CandidateFileView;
  possible_duplicates: { candidate_id: string; name: string; org_name: string }[];
}

export const maxMegabytes = 20;
const endings = ['pdf', 'docx', 'txt', 'png', 'jpg', 'jpeg'];
export const accept = endings.map((ending) => `.${ending}`).join(',');

export type FileRefusal = 'empty' | 'type' | 'size';

/** What can be said about a file before it is sent; the server looks at its content. */
export function refuse(file: { name: string; size: number }): FileRefusal | undefined {
  if (!endings.includes(file.name.split('.').pop()?.toLowerCase() ?? '')) return 'type';
  if (file.size === 0) return 'empty';
  return file.size > maxMegabytes * 1024 * 1024 ? 'size' : undefined;
}

/** How a file can be looked at: as the browser's own pages, as a picture, or as its text. */
export function viewOf(mediaType: string): 'pages' | 'picture' | 'text' {
  if (mediaType === 'application/pdf') return 'pages';
  return mediaType === 'image/png' || mediaType === 'image/jpeg' ? 'picture' : 'text';
}

/** A size in the unit a person would use. */
export function sizeOf(bytes: number): { unit: 'kb' | 'mb'; size: number } {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1000 ? { unit: 'kb', size: kilobytes } : { unit: 'mb', size: Math.round(bytes / 1024 / 102.4) / 10 };
}
