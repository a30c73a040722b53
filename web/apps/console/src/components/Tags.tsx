import {
  CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined,
  QuestionCircleOutlined, SyncOutlined,
} from '@ant-design/icons';
import type { InterviewState } from '@bole/api';
import { useTranslation } from 'react-i18next';

const stateTone: Record<InterviewState, string> = {
  invited: 'plain', opened: 'plain', identified: 'plain', consented: 'plain', in_progress: 'live', answered: 'live',
  analysing: 'live', ready: 'good', expired: 'muted', cancelled: 'muted', declined: 'muted', failed: 'bad',
};

export function StateTag({ state }: { state: InterviewState }) {
  const { t } = useTranslation();
  const tone = stateTone[state] ?? 'plain';
  return <span className={`chip chip-${tone}`}><span className="chip-dot" aria-hidden />{t(`state.${state}`)}</span>;
}

const bandIcon: Record<string, React.ReactNode> = {
  recommend: <CheckCircleOutlined />, reinterview: <SyncOutlined />, reject: <CloseCircleOutlined />,
  insufficient: <QuestionCircleOutlined />,
};

export function BandTag({ band, large }: { band?: string | null; large?: boolean }) {
  const { t } = useTranslation();
  if (!band) return <span className="quiet">–</span>;
  return (
    <span className={`band band-${band}${large ? ' band-large' : ''}`}>
      <span aria-hidden>{bandIcon[band]}</span> {t(`band.${band}`)}
    </span>
  );
}

export function CertaintyMark({ certainty, label = true }: { certainty: string; label?: boolean }) {
  const { t } = useTranslation();
  const filled = { high: 3, medium: 2, low: 1 }[certainty] ?? 0;
  const text = t(`certainty.${certainty}`);
  return (
    <span className="certainty" title={t('report.certainty_title', { value: text })}>
      <span className="certainty-dots" aria-hidden>
        {[1, 2, 3].map((index) => <i key={index} className={index <= filled ? 'on' : ''} />)}
      </span>
      {label ? text : <span className="sr-only">{text}</span>}
    </span>
  );
}

const deliveryIcon: Record<string, React.ReactNode> = {
  queued: <ClockCircleOutlined />, sent: <CheckCircleOutlined />, failed: <ExclamationCircleOutlined />,
  not_configured: <MinusCircleOutlined />,
};

export function DeliveryMark({ state, text }: { state: string; text: string }) {
  return <span className={`delivery delivery-${state}`}><span aria-hidden>{deliveryIcon[state]}</span> {text}</span>;
}
