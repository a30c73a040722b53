import { useEffect, useState } from 'preact/hooks';
import { kSilentDb, WatchLevel } from '../media/level';
import { PictureReader } from '../media/picture';
import { TroubleWatch, type Trouble } from '../media/watch';

/** Watches loudness and picture while an answer is recorded. */
export function useTrouble(stream: MediaStream, video: { current: HTMLVideoElement | null }, running: boolean): { level_db: number; found: Trouble | undefined } {
  const [state, setState] = useState<{ level_db: number; found: Trouble | undefined }>({ level_db: kSilentDb, found: undefined });
  useEffect(() => {
    if (!running) return;
    const watch = new TroubleWatch(performance.now());
    const reader = new PictureReader();
    const close = WatchLevel(stream, (db) => {
      watch.Level(db, performance.now());
      setState((before) => ({ ...before, level_db: db }));
    });
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      const luma = video.current ? reader.Luma(video.current) : undefined;
      if (luma !== undefined) watch.Luma(luma, performance.now());
      watch.Muted(stream.getAudioTracks().some((track) => track.muted || !track.enabled));
      setState((before) => ({ ...before, found: watch.Find(performance.now()) }));
    }, 1000);
    return () => {
      clearInterval(timer);
      close();
    };
  }, [stream, running]);
  return state;
}
