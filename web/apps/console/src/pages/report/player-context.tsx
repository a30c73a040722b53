import type { AnswerReport } from '@bole/api';
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';

export interface SeekTarget {
  answerId: string;
  start: number;
  /** Where a clip ends by itself; absent for "from here on". */
  end?: number;
}

interface PlayerValue {
  answerId: string;
  target: SeekTarget | null;
  video: RefObject<HTMLVideoElement | null>;
  box: RefObject<HTMLDivElement | null>;
  choose: (answerId: string) => void;
  seek: (target: SeekTarget) => void;
}

const PlayerContext = createContext<PlayerValue | null>(null);

export function usePlayer(): PlayerValue {
  const value = use(PlayerContext);
  if (!value) throw new Error('usePlayer outside of a report');
  return value;
}

/** Which answer plays, and where; one player for the whole report. */
export function PlayerProvider({ answers, children }: { answers: AnswerReport[]; children: ReactNode }) {
  const [answerId, setAnswerId] = useState(answers[0]?.answer_id ?? '');
  const [target, setTarget] = useState<SeekTarget | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const seek = useCallback((next: SeekTarget) => {
    setAnswerId(next.answerId);
    setTarget({ ...next });
    // On a narrow screen the player is above the text: bring it into view.
    const bounds = box.current?.getBoundingClientRect();
    if (bounds && (bounds.bottom < 120 || bounds.top > window.innerHeight - 120)) box.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  }, []);
  const choose = useCallback((id: string) => {
    setTarget(null);
    setAnswerId(id);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const element = event.target as HTMLElement;
      if (event.key !== ' ' || element.closest('input,textarea,button,a,summary,select,video,[role="button"],[role="combobox"],[tabindex]:not(main)')) return;
      event.preventDefault();
      if (video.current?.paused) void video.current.play();
      else video.current?.pause();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const value = useMemo(() => ({ answerId, target, video, box, choose, seek }), [answerId, target, choose, seek]);
  return <PlayerContext value={value}>{children}</PlayerContext>;
}
