import type { ReportView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format';
import { AnswerSection } from './AnswerSection';
import { Dimensions } from './Dimensions';
import { Environment } from './Environment';
import { Notices } from './Notices';
import { Player } from './Player';
import { PlayerProvider } from './player-context';
import { Verdict } from './Verdict';

/** Left what to read, right what to hear and see; every chip on the left moves the player on the right. */
export function ReportBody({ report }: { report: ReportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <PlayerProvider answers={report.answers}>
      <div className="report-grid">
        <div className="stack report-main">
          <Verdict report={report} />
          <Notices notices={report.notices} />
          <Dimensions dimensions={report.dimensions} />
          <section className="stack" aria-labelledby="answers">
            <h2 id="answers" className="report-section">{t('report.answers')}</h2>
            {report.answers.map((answer, index) => <AnswerSection key={answer.answer_id} interviewId={report.interview.id} answer={answer} number={index + 1} />)}
          </section>
          {report.environment && <Environment environment={report.environment} />}
          <footer className="report-foot">
            {report.model && <span>{t('report.model', { name: report.model.name, version: report.model.version_no })}</span>}
            {report.created_at && <span>{t('report.created', { when: format.dateTime(report.created_at) })}</span>}
            {report.engines.map((engine) => <span key={`${engine.kind}-${engine.name}`}>{engine.name} {engine.version}</span>)}
            <span>{t('report.machine')}</span>
            <span className="no-print">{t('report.keys')}</span>
          </footer>
        </div>
        {report.answers.length > 0 && <aside className="report-side no-print" aria-label={t('report.player')}><Player interviewId={report.interview.id} answers={report.answers} /></aside>}
      </div>
    </PlayerProvider>
  );
}
