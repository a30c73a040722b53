import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { obstacle, type Check, type Outcome } from './verify';

const icons: Record<Outcome, React.ReactNode> = {
  pass: <CheckCircleFilled />, fail: <CloseCircleFilled />, skip: <MinusCircleOutlined />,
};

/** A button that computes the proof anew in this browser, and what came out. */
export function Checks({ suite, run }: { suite: string; run: () => Promise<Check[]> }) {
  const { t } = useTranslation();
  const [checks, setChecks] = useState<Check[] | null>(null);
  const [busy, setBusy] = useState(false);
  const hindered = obstacle(suite);
  if (hindered) return <Alert type="info" showIcon title={t(hindered === 'sm' ? 'audit.skip_sm' : 'audit.skip_insecure')} />;
  const verify = async () => {
    setBusy(true);
    try {
      setChecks(await run());
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack" style={{ gap: 10 }}>
      <div><Button icon={<SafetyCertificateOutlined />} loading={busy} onClick={() => void verify()}>{t('audit.verify')}</Button></div>
      <ul className="audit-checks" aria-live="polite">
        {checks?.map(({ name, outcome }) => (
          <li key={name} className={`audit-${outcome}`}>
            <span aria-hidden>{icons[outcome]}</span>
            <span>
              {t(`audit.check_${name}`)} <b>{t(`audit.outcome_${outcome}`)}</b>
              {name === 'signature' && outcome === 'skip' && <span className="cell-sub">{t('audit.skip_signature')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
