import type { StageMedia } from '../api/types';

export type MediaState = 'loading' | 'ready' | 'failed';
type Shown = Pick<StageMedia, 'kind'> | null | undefined;

/** The person sees what the question shows, so that the time to prepare may run. A video is watched when they like. */
export function MediaShows(media: Shown, state: MediaState): boolean {
  if (!media) return true;
  return media.kind === 'picture' ? state === 'ready' : state !== 'failed';
}

/** A picture is on its way: neither preparation nor recording begins. One that failed must not lock anybody out. */
export function MediaHolds(media: Shown, state: MediaState): boolean {
  return media?.kind === 'picture' && state === 'loading';
}
