import { RightOutlined } from '@ant-design/icons';
import type { AnswerReport, FaceSignals, VoiceSignals } from '@bole/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, useFormat } from '../../lib/format';
import { usePlayer } from './player-context';
import { SignalStrip } from './SignalStrip';

type Metric = [key: string, value: string];

/** How it was said and seen, for those who want to look closer. None of it stands alone in a score. */
export function Signals({ answer }: { answer: AnswerReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { seek } = usePlayer();
  const [open, setOpen] = useState(false);
  const { voice, face } = answer;
  const hasVoice = voice && voice.speech_seconds > 0;
  const hasFace = face && face.sampled_frames > 0;
  if (!hasVoice && !hasFace) return null;
  const voiceMetrics = (signals: VoiceSignals): Metric[] => [
    ['speech', clock(signals.speech_seconds)],
    ['rate', t('report.signal_per_minute', { value: format.whole(Math.round(signals.words_per_minute)) })],
    ['pauses', format.percent(signals.pause_ratio)],
    ['fillers', format.whole(signals.filler_count)],
    ['pitch', `${format.whole(Math.round(signals.pitch_mean_hz))} Hz`],
    ['pitch_variation', t('report.signal_semitones', { value: format.one(signals.pitch_sd_semitones) })],
    ['energy_variation', `${format.one(signals.energy_sd_db)} dB`],
    ['snr', `${format.one(signals.snr_db)} dB`],
  ];
  const faceMetrics = (signals: FaceSignals): Metric[] => [
    ['face', format.percent(signals.face_ratio)],
    ['several', format.percent(signals.several_ratio)],
    ['centred', format.percent(signals.centred_ratio)],
    ['brightness', format.percent(signals.brightness_mean > 1 ? signals.brightness_mean / 255 : signals.brightness_mean)],
    ['yaw', `${format.one(signals.yaw_sd)}°`],
  ];
  const metrics = (list: Metric[]) => (
    <dl className="metrics">{list.map(([key, value]) => <div key={key}><dt>{t(`report.signal_${key}`)}</dt><dd className="num">{value}</dd></div>)}</dl>
  );
  return (
    <div className="signals">
      <button type="button" className="signals-toggle" aria-expanded={open} onClick={() => setOpen(!open)}><RightOutlined aria-hidden className="bar-arrow" /> {t('report.signals')}</button>
      <div hidden={!open}>
        <SignalStrip answer={answer} onSeek={(start) => seek({ answerId: answer.answer_id, start })} />
        {hasVoice && metrics(voiceMetrics(voice))}
        {hasFace && metrics(faceMetrics(face))}
      </div>
    </div>
  );
}
