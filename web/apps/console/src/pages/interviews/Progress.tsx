import type { InterviewView } from '@bole/api';
import { useTranslation } from 'react-i18next';

/** One segment per stage. */
export function Progress({ interview }: { interview: InterviewView }) {
  const { t } = useTranslation();
  const { answered, total } = interview.progress;
  const label = t('interviews.answered', { answered, total });
  return (
    <span className="progress" title={label}>
      <span className="progress-bar" aria-hidden>
        {Array.from({ length: total }, (_, index) => (
          <i key={index} className={index < answered ? 'on' : index === answered && interview.state === 'in_progress' ? 'now' : ''} />
        ))}
      </span>
      <span className="num quiet">{answered}/{total}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
