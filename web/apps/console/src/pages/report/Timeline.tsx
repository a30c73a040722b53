import type { AnswerReport } from '@bole/api';
import { useEffect, useRef } from 'react';
import { usePair } from '../../lib/pair';
import { usePlayer } from './player-context';

/** The answer as a strip: speech, pauses, highlights. Pointing device only; the video's own control serves the keyboard. */
export function Timeline({ answer }: { answer: AnswerReport }) {
  const pair = usePair();
  const { video, seek } = usePlayer();
  const head = useRef<HTMLElement>(null);
  const length = answer.duration || 1;
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      if (head.current && video.current) head.current.style.left = `${Math.min(100, (100 * video.current.currentTime) / length)}%`;
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [length, video, answer.answer_id]);
  const span = (start: number, end: number) => ({ left: `${(100 * start) / length}%`, width: `${Math.max(0.4, (100 * (end - start)) / length)}%` });
  return (
    <div className="timeline" aria-hidden onClick={(event) => {
      const bounds = event.currentTarget.getBoundingClientRect();
      seek({ answerId: answer.answer_id, start: ((event.clientX - bounds.left) / bounds.width) * length });
    }}>
      {(answer.transcript?.sentences ?? []).map((sentence) => <i key={sentence.start} className="speech" style={span(sentence.start, sentence.end)} />)}
      {answer.highlights.map((clip) => <i key={`h${clip.start}`} className="clip" style={span(clip.start, clip.end)} title={pair(clip, 'title')} />)}
      {answer.points.filter((point) => point.end > point.start).map((point) => <i key={`p${point.key}`} className="point" style={{ left: `${(100 * point.start) / length}%` }} title={pair(point, 'text')} />)}
      <i className="head" ref={head} />
    </div>
  );
}
