import type { Finding, ReportView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { BandTag, CertaintyMark } from '../../components/Tags';
import { score } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { EvidenceChips } from './EvidenceChips';

function Findings({ title, kind, findings, none }: { title: string; kind: 'good' | 'mid'; findings: Finding[]; none: string }) {
  const pair = usePair();
  return (
    <section className={`findings findings-${kind}`}>
      <h3>{title}</h3>
      {findings.length === 0 ? <p className="quiet">{none}</p> : (
        <ol>
          {findings.slice(0, 3).map((finding, index) => (
            <li key={index}>
              <p>{pair(finding, 'text')}</p>
              <EvidenceChips evidence={finding.evidence} most={3} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The first screen of the report: verdict, total, certainty, three strengths, three doubts. */
export function Verdict({ report }: { report: ReportView }) {
  const { t } = useTranslation();
  const pair = usePair();
  const band = report.band ?? 'insufficient';
  return (
    <section className={`panel verdict verdict-${band}`} aria-label={t('report.verdict')}>
      <div className="verdict-top">
        <div className="verdict-score" aria-label={t('report.total', { total: score(report.total) })}>
          <span className="verdict-number num">{score(report.total)}</span><span className="quiet">/10</span>
        </div>
        <div className="verdict-words">
          <div className="row"><BandTag band={band} large /><CertaintyMark certainty={report.certainty} /></div>
          <p>{pair(report, 'verdict')}</p>
        </div>
      </div>
      <div className="verdict-findings">
        <Findings title={t('report.strengths')} kind="good" findings={report.strengths} none={t('report.no_strengths')} />
        <Findings title={t('report.doubts')} kind="mid" findings={report.doubts} none={t('report.no_doubts')} />
      </div>
    </section>
  );
}
