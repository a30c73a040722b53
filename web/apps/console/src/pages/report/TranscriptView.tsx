import { AimOutlined } from '@ant-design/icons';
import type { AnswerReport } from '@bole/api';
import { Button } from 'antd';
import { Fragment, memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { usePlayer } from './player-context';
import { piecesOf } from './sentence';

const kLongPause = 1.5;
const kUnsure = 0.5;

/** The index of the last word that has begun at `time`, or -1. */
export function wordAt(starts: number[], time: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The recognised words in step with the video: the current one is marked, each leads to its moment. */
export function TranscriptView({ answer }: { answer: AnswerReport }) {
  const { t } = useTranslation();
  const { video, seek } = usePlayer();
  const box = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(true);
  const transcript = answer.transcript;
  const words = useMemo(() => (transcript?.sentences ?? []).flatMap((sentence) => piecesOf(sentence).map((piece) => piece.word)), [transcript]);
  const followNow = useRef(follow);
  followNow.current = follow;

  useEffect(() => {
    const starts = words.map((word) => word.start);
    let frame = 0;
    let shown = -1;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const element = video.current;
      if (!element || !box.current) return;
      const begun = wordAt(starts, element.currentTime + 0.05);
      const index = begun >= 0 && element.currentTime <= words[begun]!.end + 0.6 ? begun : -1;
      if (index === shown) return;
      box.current.querySelector('.word.now')?.classList.remove('now');
      shown = index;
      const word = index >= 0 ? box.current.querySelector<HTMLElement>(`[data-word="${index}"]`) : null;
      word?.classList.add('now');
      if (word && followNow.current && !element.paused) {
        const top = word.offsetTop - box.current.offsetTop;
        if (top < box.current.scrollTop + 20 || top > box.current.scrollTop + box.current.clientHeight - 60) {
          box.current.scrollTo({ top: top - box.current.clientHeight / 3, behavior: 'smooth' });
        }
      }
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [words, video]);

  if (!transcript || transcript.source === 'none' || words.length === 0) {
    return <p className="transcript-none">{transcript?.source === 'none' || !transcript ? t('report.no_transcript') : t('report.no_words')}</p>;
  }
  return (
    <div className="transcript">
      <div className="transcript-head">
        <span className="quiet">{t(`transcript_source.${transcript.source}`)}{transcript.source === 'recognised' && transcript.engine ? ` · ${transcript.engine}` : ''}</span>
        <Button size="small" type={follow ? 'link' : 'text'} icon={<AimOutlined />} aria-pressed={follow} onClick={() => setFollow(!follow)}>{t('report.follow')}</Button>
      </div>
      <div ref={box} className="transcript-text" lang={transcript.language} tabIndex={0} role="region" aria-label={t('report.transcript')}
        onClick={(event) => {
          const index = (event.target as HTMLElement).closest<HTMLElement>('[data-word]')?.dataset.word;
          const word = index === undefined ? undefined : words[Number(index)];
          if (word) seek({ answerId: answer.answer_id, start: word.start });
        }}>
        <Sentences answer={answer} />
      </div>
    </div>
  );
}

/** Drawn once per answer; the moving mark is put on by hand. */
const Sentences = memo(function Sentences({ answer }: { answer: AnswerReport }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { seek } = usePlayer();
  const transcript = answer.transcript!;
  const points = answer.points.filter((point) => point.covered >= 0.5 && point.end > point.start);
  let index = 0;
  return transcript.sentences.map((sentence, number) => {
    const before = transcript.sentences[number - 1];
    const gap = before ? sentence.start - before.end : sentence.start;
    return (
      <Fragment key={sentence.start}>
        {gap >= kLongPause && <p className="transcript-pause">{t('report.pause', { seconds: gap.toFixed(1) })}</p>}
        <p className="sentence">
          <button type="button" className="sentence-time num" onClick={() => seek({ answerId: answer.answer_id, start: sentence.start })} aria-label={t('report.play_from', { time: clock(sentence.start) })}>{clock(sentence.start)}</button>
          <span>
            {piecesOf(sentence).map(({ word, before: mark, after }, position) => {
              const at = index;
              index += 1;
              const point = points.find((item) => word.start >= item.start - 0.05 && word.end <= item.end + 0.05);
              const classes = `word${point ? ' made' : ''}${word.confidence < kUnsure ? ' unsure' : ''}`;
              return (
                <Fragment key={position}>
                  {mark}
                  <span className={classes} data-word={at} title={point ? pair(point, 'text') : word.confidence < kUnsure ? t('report.unsure') : undefined}>{word.text}</span>
                  {after}
                </Fragment>
              );
            })}
          </span>
        </p>
      </Fragment>
    );
  });
});
