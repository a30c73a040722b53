import { useEffect, useState } from 'preact/hooks';
import type { Caption } from '../api/types';
import { Countdown } from './countdown';
import type { QueueState, UploadQueue } from '../recording/queue';

export function useQueue(queue: UploadQueue | undefined): QueueState | undefined {
  const [state, setState] = useState(queue?.state);
  useEffect(() => queue?.Subscribe(setState), [queue]);
  return state;
}

/** Seconds left of a countdown that runs while `running` and stands still in between; calls `onEnd` once each time it ends. */
export function useCountdown(seconds: number, running: boolean, onEnd: () => void): number {
  const [countdown] = useState(() => new Countdown(seconds));
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (!running) return;
    countdown.Run(performance.now());
    setLeft(countdown.Left(performance.now()));
    const timer = setInterval(() => {
      const now_left = countdown.Left(performance.now());
      setLeft(now_left);
      if (now_left === 0) {
        clearInterval(timer);
        onEnd();
      }
    }, 200);
    return () => {
      clearInterval(timer);
      countdown.Pause(performance.now());
    };
  }, [running, countdown]);
  return left;
}

const kCaptionsKept = 40;

/** The recognised words of one answer while it is spoken; stays empty when the server has no speech model. */
export function useCaptions(url: string, answer_id: string | undefined): Caption[] {
  const [captions, setCaptions] = useState<Caption[]>([]);
  useEffect(() => {
    setCaptions([]);
    if (!answer_id || !url || typeof EventSource === 'undefined') return;
    const source = new EventSource(url);
    source.addEventListener('caption', (event) => {
      try {
        const caption = JSON.parse((event as MessageEvent<string>).data) as Caption;
        if (caption.answer_id === answer_id) setCaptions((before) => MergeCaption(before, caption));
      } catch {
        // A broken caption is not worth a word to the person.
      }
    });
    return () => source.close();
  }, [url, answer_id]);
  return captions;
}

/** A new caption replaces unfinished ones and earlier versions of the same stretch. */
export function MergeCaption(before: Caption[], caption: Caption): Caption[] {
  return [...before.filter((old) => old.final && old.start !== caption.start), caption]
    .sort((a, b) => a.start - b.start)
    .slice(-kCaptionsKept);
}

export function useInterval(step: () => void, every_ms: number, running: boolean): void {
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(step, every_ms);
    return () => clearInterval(timer);
  }, [running, every_ms]);
}
