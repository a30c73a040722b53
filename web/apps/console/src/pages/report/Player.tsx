import type { AnswerReport } from '@bole/api';
import { Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useCan } from '../../app/session';
import { clock } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { usePlayer } from './player-context';
import { Timeline } from './Timeline';
import { TranscriptImport } from './TranscriptImport';
import { TranscriptView } from './TranscriptView';

export function Player({ interviewId, answers }: { interviewId: string; answers: AnswerReport[] }) {
  const { t } = useTranslation();
  const pair = usePair();
  const can = useCan();
  const { answerId, target, video, box, choose, seek } = usePlayer();
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);
  const stopAt = useRef<number | null>(null);
  const pending = useRef<number | null>(null);
  const answer = answers.find((item) => item.answer_id === answerId) ?? answers[0];

  useEffect(() => setFailed(false), [answerId]);
  useEffect(() => {
    if (video.current) video.current.playbackRate = speed;
  }, [speed, answerId, video]);
  useEffect(() => {
    const element = video.current;
    if (!element || !target || target.answerId !== answerId) return;
    stopAt.current = target.end ?? null;
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) {
      element.currentTime = target.start;
      void element.play().catch(() => {});
    } else {
      pending.current = target.start;
    }
  }, [target, answerId, video]);
  if (!answer) return null;

  const onMetadata = () => {
    const element = video.current!;
    element.playbackRate = speed;
    if (pending.current !== null) {
      element.currentTime = pending.current;
      pending.current = null;
      void element.play().catch(() => {});
    }
  };
  const onTime = () => {
    const element = video.current!;
    if (stopAt.current !== null && element.currentTime >= stopAt.current) {
      stopAt.current = null;
      element.pause();
    }
  };
  return (
    <div className="panel player" ref={box}>
      <div className="player-answers" role="tablist" aria-label={t('report.answers')}>
        {answers.map((item, index) => (
          <button type="button" role="tab" key={item.answer_id} aria-selected={item.answer_id === answer.answer_id} title={pair(item, 'title')} onClick={() => choose(item.answer_id)}>
            {index + 1}<span> {pair(item, 'title')}</span>
          </button>
        ))}
      </div>
      <video key={answer.answer_id} ref={video} className="player-video" controls playsInline preload="metadata" src={api.url(`/interviews/${interviewId}/answers/${answer.answer_id}/media`)}
        aria-label={t('report.video', { title: pair(answer, 'title') })} onLoadedMetadata={onMetadata} onTimeUpdate={onTime} onError={() => setFailed(true)} />
      {failed && <p className="player-failed" role="alert">{t('report.media_failed')}</p>}
      <div className="player-bar">
        <Timeline answer={answer} />
        <Segmented size="small" aria-label={t('report.speed')} value={speed} onChange={setSpeed} options={[1, 1.5, 2].map((value) => ({ value, label: `${value}×` }))} />
      </div>
      {answer.highlights.length > 0 && (
        <div className="player-clips" aria-label={t('report.highlights')} role="group">
          {answer.highlights.map((clip) => (
            <button type="button" key={clip.start} onClick={() => seek({ answerId: answer.answer_id, start: clip.start, end: clip.end })}>
              <span className="num">{clock(clip.start)}</span> {pair(clip, 'title')}
            </button>
          ))}
        </div>
      )}
      <TranscriptView key={`text-${answer.answer_id}`} answer={answer} />
      {answer.transcript?.source === 'none' && can('interview.invite') && <TranscriptImport interviewId={interviewId} answerId={answer.answer_id} />}
    </div>
  );
}
