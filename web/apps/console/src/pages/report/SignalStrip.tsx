import type { AnswerReport, FaceSample } from '@bole/api';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../lib/format';

const kWidth = 600;

interface Stretch {
  from: number;
  to: number;
  faces: 'none' | 'one' | 'several';
}

/** Samples with the same number of faces, joined. */
export function stretches(timeline: FaceSample[], duration: number): Stretch[] {
  const result: Stretch[] = [];
  timeline.forEach((sample, index) => {
    const faces = sample.faces === 0 ? 'none' : sample.faces === 1 ? 'one' : 'several';
    const to = timeline[index + 1]?.t ?? duration;
    const last = result.at(-1);
    if (last && last.faces === faces) last.to = to;
    else result.push({ from: sample.t, to, faces });
  });
  return result;
}

function line(timeline: FaceSample[], duration: number, value: (sample: FaceSample) => number, low: number, high: number, top: number, height: number): string {
  const seen = timeline.filter((sample) => sample.faces > 0);
  return seen.map((sample, index) => {
    const part = Math.max(0, Math.min(1, (value(sample) - low) / (high - low)));
    return `${index === 0 ? 'M' : 'L'}${((sample.t / duration) * kWidth).toFixed(1)} ${(top + height * (1 - part)).toFixed(1)}`;
  }).join('');
}

/** Speech, faces and head turning over the answer's time; a click plays from there. */
export function SignalStrip({ answer, onSeek }: { answer: AnswerReport; onSeek: (start: number) => void }) {
  const { t } = useTranslation();
  const duration = answer.duration || 1;
  const timeline = useMemo(() => answer.face?.timeline ?? [], [answer.face]);
  const faces = useMemo(() => stretches(timeline, duration), [timeline, duration]);
  const yaw = useMemo(() => line(timeline, duration, (sample) => sample.yaw, -45, 45, 62, 40), [timeline, duration]);
  const sentences = answer.transcript?.sentences ?? [];
  const x = (time: number) => (time / duration) * kWidth;
  return (
    <figure className="strip" onClick={(event) => {
      const bounds = event.currentTarget.querySelector('svg')!.getBoundingClientRect();
      onSeek(Math.max(0, Math.min(1, (event.clientX - bounds.left) / bounds.width)) * duration);
    }}>
      <div className="strip-names" aria-hidden><span>{t('report.strip_speech')}</span><span>{t('report.strip_faces')}</span><span className="tall">{t('report.strip_head')}</span></div>
      <svg viewBox={`0 0 ${kWidth} 108`} preserveAspectRatio="none" role="img" aria-label={t('report.strip_label')}>
        <rect x="0" y="6" width={kWidth} height="14" className="strip-empty" />
        {sentences.map((sentence) => <rect key={sentence.start} x={x(sentence.start)} y="6" width={Math.max(1, x(sentence.end - sentence.start))} height="14" className="strip-speech" />)}
        <rect x="0" y="34" width={kWidth} height="14" className="strip-empty" />
        {faces.map((stretch) => <rect key={stretch.from} x={x(stretch.from)} y="34" width={Math.max(1, x(stretch.to - stretch.from))} height="14" className={`strip-${stretch.faces}`} />)}
        <line x1="0" x2={kWidth} y1="82" y2="82" className="strip-zero" />
        {yaw && <path d={yaw} className="strip-line" vectorEffect="non-scaling-stroke" />}
      </svg>
      <figcaption className="quiet"><span className="num">0:00</span><span>{t('report.strip_legend')}</span><span className="num">{clock(duration)}</span></figcaption>
    </figure>
  );
}
