import { CaretRightOutlined, CheckCircleFilled, CloseCircleOutlined, MinusCircleOutlined, PlayCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { AnswerReport, PointCoverage } from '@bole/api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { questionMediaUrl } from '../../api/assets';
import { AssetMedia } from '../../components/AssetMedia';
import { CertaintyMark } from '../../components/Tags';
import { clock, score } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { Notices } from './Notices';
import { usePlayer } from './player-context';
import { shownKind } from './question-media';
import { Signals } from './Signals';

/** An answer that could not be judged has no missed points: they are listed without a verdict. */
function Point({ point, answerId, judged }: { point: PointCoverage; answerId: string; judged: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { seek } = usePlayer();
  const made = !judged ? 'open' : point.covered >= 0.75 ? 'made' : point.covered >= 0.5 ? 'partly' : 'missed';
  const icon = { made: <CheckCircleFilled />, partly: <MinusCircleOutlined />, missed: <CloseCircleOutlined />, open: <QuestionCircleOutlined /> }[made];
  return (
    <li className={`point-item ${made}`}>
      <span className="point-icon" aria-hidden>{icon}</span>
      <span className="point-words">
        <span>{pair(point, 'text')} <span className="sr-only">{t(`report.point_${made}`)}</span></span>
        {point.quote && (made === 'made' || made === 'partly') && (
          point.end > point.start
            ? <button type="button" className="point-quote" onClick={() => seek({ answerId, start: Math.max(0, point.start - 0.3), end: point.end + 0.3 })}><CaretRightOutlined aria-hidden /> <span className="num">{clock(point.start)}</span> {t('report.quote', { text: point.quote })}</button>
            : <span className="point-quote">{t('report.quote', { text: point.quote })}</span>
        )}
      </span>
    </li>
  );
}

export function AnswerSection({ interviewId, answer, number }: { interviewId: string; answer: AnswerReport; number: number }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { seek } = usePlayer();
  const shown = shownKind(answer);
  const judged = typeof answer.score === 'number';
  const made = answer.points.filter((point) => point.covered >= 0.5).length;
  return (
    <article className="panel answer" aria-label={`${number}. ${pair(answer, 'title')}`}>
      <div className="answer-head">
        <div>
          <h3>{number}. {pair(answer, 'title')}</h3>
          <p className="quiet">{pair(answer, 'question')}</p>
          {shown && (
            <div className={`answer-question-media${shown === 'video' ? ' no-print' : ''}`}>
              <AssetMedia url={questionMediaUrl(interviewId, answer.stage_key)} kind={shown} label={t(`question_kind.${shown}`)} />
            </div>
          )}
        </div>
        <div className="answer-score">
          <span className="num">{score(answer.score)}</span>
          <CertaintyMark certainty={answer.certainty} />
        </div>
      </div>
      <div className="answer-body">
        <div className="row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap', gap: 14 }}>
          <p className="answer-comment">{pair(answer, 'comment')}</p>
          <Button className="no-print answer-play" size="small" icon={<PlayCircleOutlined />} onClick={() => seek({ answerId: answer.answer_id, start: 0 })}>{t('report.play', { length: clock(answer.duration) })}</Button>
        </div>
        <Notices notices={answer.notices} />
        {answer.points.length > 0 && (
          <>
            <h4>{judged ? t('report.points', { made, count: answer.points.length }) : t('report.points_open')}</h4>
            <ul className="point-list">{answer.points.map((point) => <Point key={point.key} point={point} answerId={answer.answer_id} judged={judged} />)}</ul>
          </>
        )}
        <Signals answer={answer} />
      </div>
    </article>
  );
}
